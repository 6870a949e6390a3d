import Dispatch

/// A few threads for calls that wait for the disk, so that they do not block the tasks of the whole program. Calls for
/// one shard run one after the other.
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
