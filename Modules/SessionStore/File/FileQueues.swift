import Dispatch

/// A few threads for calls that wait for the disk, so that they do not hold up the tasks of the whole program. Calls
/// about one shard take their turns on one of them.
struct FileQueues: Sendable {
    private let queues = (0..<8).map { DispatchQueue(label: "swift-login-flow.file-store-\($0)") }

    func run<Answer: Sendable>(
        _ shard: UInt8, _ body: @escaping @Sendable () throws(SessionStoreError) -> Answer
    ) async throws(SessionStoreError) -> Answer {
        let result: Result<Answer, SessionStoreError> = await withCheckedContinuation { continuation in
            queues[Int(shard) % queues.count].async {
                continuation.resume(returning: Result { () throws(SessionStoreError) in try body() })
            }
        }
        return try result.get()
    }
}
