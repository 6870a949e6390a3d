import OAuthTypes
import SessionStore
import Synchronization

extension LawChecker {
    /// Repeats `step` in several tasks at once, until enough of their calls have overlapped.
    func contend(_ step: @escaping @Sendable (Contest, Int) async throws -> Void) async throws {
        let contest = Contest(tasks: kit.tasks)
        await ContestTurn.shared.take()
        do { try await contest.run { try await step(contest, $0) } } catch {
            await ContestTurn.shared.pass()
            throw error
        }
        await ContestTurn.shared.pass()
        let overlaps = contest.foundCount
        try require(
            overlaps >= Contest.overlapCount,
            "\(Contest.overlapCount) accepted calls overlap with others, so that the law is put to the test",
            found:
                "\(overlaps) of \(Contest.callLimit) calls. A call of this store blocks every thread of the process until "
                + "it returns, or accepts nothing while others call: let it suspend or block its own thread only")
    }

    /// Counts up in one record from several tasks, each with its own handle's view: no accepted update may be lost.
    func contendForUpdates(through handles: [any SessionStore]) async throws {
        let key = freshKey()
        try await create(sample("0"), under: key)
        let accepted = Mutex(0)
        try await contend { contest, task in
            let handle = handles[task % handles.count]
            guard let seen = try await handle.read(key, at: now) else {
                throw SessionStoreLawError(law: law, expectation: "the record stays", found: "it read as nil")
            }
            let next = incremented(seen)
            let isAccepted = try await contest.call(task) {
                try await handle.write(next, for: key, if: .revision(seen.revision), at: now) ? true : nil
            }
            if isAccepted != nil { accepted.withLock { $0 += 1 } }
        }
        let expected = accepted.withLock { $0 }
        for handle in handles {
            let count = counter(try await handle.read(key, at: now)) ?? 0
            try require(count == expected, "all \(expected) accepted updates are there", found: "\(count)")
        }
    }

    /// Creates one key after the other from several tasks: no key may be created twice.
    func contendForCreations(through handles: [any SessionStore]) async throws {
        let keys = ContestedKeys(first: freshKey())
        try await contend { contest, task in
            let (number, key) = keys.current(for: task)
            let record = sample("\(task)")
            let isAccepted = try await contest.call(task) {
                try await handles[task % handles.count].write(record, for: key, if: .absent, at: now) ? true : nil
            }
            guard isAccepted != nil else { return }
            try require(
                keys.advance(from: number, to: freshKey()), "one creation is accepted", found: "another one was, too")
            for old in keys.unused() { _ = try await handles[task % handles.count].remove(old, at: now) }
        }
    }

    /// Removes one record after the other from several tasks: no record may be handed out twice.
    func contendForRemovals(through handles: [any SessionStore]) async throws {
        let keys = ContestedKeys(first: freshKey())
        try await create(sample(), under: keys.current(for: 0).key)
        try await contend { contest, task in
            let (number, key) = keys.current(for: task)
            let handle = handles[task % handles.count]
            guard try await contest.call(task, body: { try await handle.remove(key, at: now) }) != nil else { return }
            let next = freshKey()
            let isCreated = try await handle.write(sample(), for: next, if: .absent, at: now)
            try require(isCreated, "the creation of a new key is accepted", found: "it was refused")
            try require(
                keys.advance(from: number, to: next), "one removal gets the record", found: "another one got it, too")
        }
    }

    /// Creates and removes keys of its own in each of several tasks: none of them may notice the others.
    func contendSideBySide(through handles: [any SessionStore]) async throws {
        try await contend { contest, task in
            let (key, record) = (freshKey(), sample("\(task)"))
            let handle = handles[task % handles.count]
            let isAccepted = try await contest.call(task) {
                try await handle.write(record, for: key, if: .absent, at: now) ? true : nil
            }
            try require(isAccepted != nil, "the creation of a new key is accepted", found: "it was refused")
            let found = try await handles[(task + 1) % handles.count].read(key, at: now)
            try require(found, is: record, what: "what the other handle reads of a record that was created")
            try require(try await handle.remove(key, at: now), is: record, what: "what the removal returns")
        }
    }
}

/// The keys that tasks contend for, one after the other.
private final class ContestedKeys: Sendable {
    private struct State {
        var number = 0
        var key: SessionKey
        /// The number that each task is at.
        var tasks: [Int: Int] = [:]
        var old: [Int: SessionKey] = [:]
    }

    private let state: Mutex<State>

    init(first: SessionKey) { state = Mutex(State(key: first)) }

    func current(for task: Int) -> (number: Int, key: SessionKey) {
        state.withLock { state in
            state.tasks[task] = state.number
            return (state.number, state.key)
        }
    }

    /// Goes on to `next`, unless another task has done so already.
    func advance(from number: Int, to next: SessionKey) -> Bool {
        state.withLock { state in
            guard state.number == number else { return false }
            state.old[number] = state.key
            state.number += 1
            state.key = next
            return true
        }
    }

    /// The keys that no task is at any more, each of them once.
    func unused() -> [SessionKey] {
        state.withLock { state in
            let first = state.tasks.values.min() ?? 0
            let unused = state.old.filter { $0.key < first }
            for number in unused.keys { state.old[number] = nil }
            return Array(unused.values)
        }
    }
}
