#if Observability

    import Concurrency
    import CoreMetrics

    /// Keeps every metric, by its name and labels as `name{label=value}`.
    final class MemoryMetrics: MetricsFactory {
        private struct State {
            var counters: [String: Int64] = [:]
            var timers: [String: [Int64]] = [:]
        }

        private let state = Lock(State())

        /// All that were made, used or not.
        var names: Set<String> { state.withLock { Set($0.counters.keys).union($0.timers.keys) } }

        /// The counters that were counted.
        var counted: [String: Int64] { state.withLock { $0.counters.filter { $0.value != 0 } } }

        /// The durations in nanoseconds that were recorded.
        var recorded: [String: [Int64]] { state.withLock { $0.timers.filter { !$0.value.isEmpty } } }

        func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
            let name = MemoryMetrics.name(label, dimensions)
            state.withLock { $0.counters[name] = $0.counters[name] ?? 0 }
            return MemoryCounter { amount in self.state.withLock { $0.counters[name, default: 0] += amount } }
        }

        func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
            let name = MemoryMetrics.name(label, dimensions)
            state.withLock { $0.timers[name] = $0.timers[name] ?? [] }
            return MemoryTimer { duration in self.state.withLock { $0.timers[name, default: []].append(duration) } }
        }

        func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
            NOOPMetricsHandler.instance.makeRecorder(label: label, dimensions: dimensions, aggregate: aggregate)
        }

        func destroyCounter(_ handler: any CounterHandler) {}
        func destroyRecorder(_ handler: any RecorderHandler) {}
        func destroyTimer(_ handler: any TimerHandler) {}

        private static func name(_ label: String, _ dimensions: [(String, String)]) -> String {
            label + "{" + dimensions.map { "\($0.0)=\($0.1)" }.joined(separator: ",") + "}"
        }
    }

    private final class MemoryCounter: CounterHandler {
        private let add: @Sendable (Int64) -> Void

        init(_ add: @escaping @Sendable (Int64) -> Void) { self.add = add }

        func increment(by amount: Int64) { add(amount) }
        func reset() {}
    }

    private final class MemoryTimer: TimerHandler {
        private let add: @Sendable (Int64) -> Void

        init(_ add: @escaping @Sendable (Int64) -> Void) { self.add = add }

        func recordNanoseconds(_ duration: Int64) { add(duration) }
    }

#endif
