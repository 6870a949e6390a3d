/// Objects found by an ASCII text whose end is evenly distributed, such as a signature.
///
/// Bounded: there are two generations. What is found moves to the younger one; when that is full, the older one is let
/// go. All of it belongs to one scope and goes when another comes. Not generic, for the reason that ``ObjectPool``
/// gives.
package final class TextCache: Sendable {
    /// The last 32 octets of a text, by which it is looked for before the whole is compared.
    private struct Ending: Hashable {
        private var first: UInt128 = 0
        private var second: UInt128 = 0

        init(_ text: String) {
            let octets = text.utf8.suffix(32)
            for octet in octets.prefix(16) { first = first << 8 | UInt128(octet) }
            for octet in octets.dropFirst(16) { second = second << 8 | UInt128(octet) }
        }
    }

    private struct Entry: Sendable {
        let text: String
        let object: any Pooled

        /// Two texts can be equal to Swift and differ in octets, but not in octets of the same count if one is ASCII.
        func isFor(_ text: String) -> Bool {
            self.text.utf8.count == text.utf8.count && self.text == text
        }
    }

    private struct State: Sendable {
        var scope: (any AnyObject & Sendable)?
        var young: [Ending: Entry] = [:]
        var old: [Ending: Entry] = [:]

        /// Forgets everything that belongs to another scope.
        mutating func enter(_ scope: any AnyObject & Sendable) {
            guard self.scope !== scope else { return }
            self = State(scope: scope)
        }

        mutating func add(_ entry: Entry, at ending: Ending, generation: Int) {
            if young.count >= generation {
                old = young
                young = [:]
            }
            young[ending] = entry
        }
    }

    private let generation: Int
    private let state = Lock(State())

    /// Holds at most `capacity` objects, two at least.
    package init(capacity: Int) {
        generation = max(capacity / 2, 1)
    }

    /// What was kept for exactly this text in this scope.
    package func object(for text: String, in scope: any AnyObject & Sendable) -> (any Pooled)? {
        let ending = Ending(text)
        return state.withLock { state in
            state.enter(scope)
            if let entry = state.young[ending] { return entry.isFor(text) ? entry.object : nil }
            guard let entry = state.old[ending], entry.isFor(text) else { return nil }
            state.add(entry, at: ending, generation: generation)
            return entry.object
        }
    }

    /// Keeps `object` for `text`, which must be ASCII, in this scope.
    package func keep(_ object: any Pooled, for text: String, in scope: any AnyObject & Sendable) {
        let ending = Ending(text)
        state.withLock { state in
            state.enter(scope)
            state.add(Entry(text: text, object: object), at: ending, generation: generation)
        }
    }
}
