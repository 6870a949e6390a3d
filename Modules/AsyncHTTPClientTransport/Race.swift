#if AsyncHTTPClient

    import OAuthTypes

    /// Asks an exchange to end, from anywhere.
    struct Stop: Sendable {
        private let words: AsyncStream<Never>
        private let continuation: AsyncStream<Never>.Continuation

        init() { (words, continuation) = AsyncStream.makeStream(of: Never.self) }

        /// Says it.
        func now() { continuation.finish() }

        /// Returns when it has been said, or the task is cancelled.
        func said() async { for await _ in words {} }
    }

    /// What came first: the end of the work, the deadline, a stop, or the cancellation of the caller.
    struct Race: Sendable {
        enum End: Sendable {
            case completed((any Error)?)
            case expired
            case stopped
            case cancelled
        }

        let limits: TransportLimits
        let stop: Stop

        /// Runs `work`, which ends soon when it is cancelled.
        func run(_ work: @escaping @Sendable () async -> (any Error)?) async -> End {
            await withTaskGroup(of: End.self) { group in
                group.addTask { .completed(await work()) }
                group.addTask { await expiry() }
                group.addTask {
                    await stop.said()
                    return Task.isCancelled ? .cancelled : .stopped
                }
                let first = await group.next() ?? .cancelled
                group.cancelAll()
                guard case .completed(.some) = first, Task.isCancelled else { return first }
                return .cancelled
            }
        }

        private func expiry() async -> End {
            do {
                try await Task.sleep(for: max(.zero, min(limits.total, .seconds(2_000_000))))
                return .expired
            } catch { return .cancelled }
        }
    }

#endif
