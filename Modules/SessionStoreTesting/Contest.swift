import Synchronization

/// Tasks that call a store through two handles without a pause, each on a thread of its own, until enough of their calls
/// have overlapped.
///
/// The threads of a test runner are few and busy, and tasks there often run one after the other: a store without a lock
/// then passes for one that has it. A thread that does nothing but call is inside a call whenever the system interrupts it,
/// and another one calls meanwhile. So calls overlap on one busy processor too.
final class Contest: Sendable {
    /// Accepted calls that have to overlap with one through the other handle.
    static let overlapCount = 300
    /// Where a contest ends that has not seen as many.
    static let callLimit = 2_000_000
    /// More tasks than this make a contest slower, not harder.
    private static let taskLimit = 4

    private let taskCount: Int
    private let calls = Atomic<UInt64>(0)
    private let callCount = Atomic(0)
    private let overlaps = Atomic(0)
    private let isStopped = Atomic(false)

    init(tasks: Int) { taskCount = min(tasks, Self.taskLimit) }

    /// The accepted calls that overlapped with one through the other handle.
    var foundCount: Int { overlaps.load(ordering: .acquiring) }

    /// Repeats `step` in all tasks. Tasks with an even number call through one handle, the others through the other one.
    func run(_ step: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<taskCount {
                group.addTask(executorPreference: ContestThread()) {
                    defer { self.isStopped.store(true, ordering: .releasing) }
                    while !self.isOver { try await step(task) }
                }
            }
            try await group.waitForAll()
        }
    }

    private var isOver: Bool {
        foundCount >= Self.overlapCount || callCount.load(ordering: .relaxed) >= Self.callLimit
            || isStopped.load(ordering: .acquiring)
    }

    /// Makes one call and looks whether one through the other handle was under way meanwhile.
    /// - Parameter body: the call; nil if the store refuses.
    func call<Answer>(_ task: Int, body: () async throws -> Answer?) async throws -> Answer? {
        let handle = UInt64(task % 2)
        let before = Calls(word: calls.wrappingAdd(Calls.beginning(handle), ordering: .acquiringAndReleasing).oldValue)
        let answer: Answer?
        do { answer = try await body() } catch {
            calls.wrappingSubtract(Calls.running(handle), ordering: .acquiringAndReleasing)
            throw error
        }
        let after = Calls(
            word: calls.wrappingSubtract(Calls.running(handle), ordering: .acquiringAndReleasing).newValue)
        callCount.wrappingAdd(1, ordering: .relaxed)
        if answer != nil, before.overlaps(after, through: 1 - handle) {
            overlaps.wrappingAdd(1, ordering: .acquiringAndReleasing)
        }
        return answer
    }
}

/// How many calls are under way through each of two handles (8 bits each), and how many have begun (24 bits each).
private struct Calls {
    let word: UInt64

    static func running(_ handle: UInt64) -> UInt64 { 1 << (handle * 32) }

    /// What a call adds when it begins.
    static func beginning(_ handle: UInt64) -> UInt64 { running(handle) | 1 << (handle * 32 + 8) }

    private func half(_ handle: UInt64) -> UInt64 { word >> (handle * 32) & 0xFFFF_FFFF }

    /// Whether a call through `handle` ran between this moment and a later one.
    func overlaps(_ later: Calls, through handle: UInt64) -> Bool {
        half(handle) & 0xFF > 0 || half(handle) >> 8 != later.half(handle) >> 8
    }
}

/// Lets one contest of the process run at a time: the threads of several would only slow each other down.
actor ContestTurn {
    static let shared = ContestTurn()

    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        guard isTaken else { return isTaken = true }
        await withCheckedContinuation { waiting.append($0) }
    }

    func pass() {
        guard waiting.isEmpty else { return waiting.removeFirst().resume() }
        isTaken = false
    }
}
