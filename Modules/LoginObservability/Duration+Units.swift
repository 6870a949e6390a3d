#if Observability

    extension Duration {
        /// The seconds as a number with a fraction.
        var inSeconds: Double {
            let (seconds, attoseconds) = components
            return Double(seconds) + Double(attoseconds) * 1e-18
        }

        /// Whole nanoseconds, as far as they can be counted.
        var inNanoseconds: Int64 {
            let (seconds, attoseconds) = components
            let bound: Int64 = 1 << 32
            return min(max(seconds, -bound), bound) * 1_000_000_000 + attoseconds / 1_000_000_000
        }
    }

#endif
