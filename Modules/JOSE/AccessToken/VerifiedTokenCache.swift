import Concurrency
import WireFormats

/// Objects found by an ASCII text whose end is evenly distributed, such as a signature.
///
/// Bounded: there are two generations. What is found moves to the younger one; when that is full, the older one is let
/// go. All of it belongs to one scope and goes when another comes. Not generic: other modules would call a generic one
/// through its metadata, which costs more than the lock does.
package final class VerifiedTokenCache: Sendable {
    /// The last 16 octets of a text, by which it is looked for before the whole is compared.
    private struct Ending: Hashable {
        private let octets: UInt128

        init(_ text: Span<UInt8>) {
            var octets: UInt128 = 0
            let ending = text.extracting(last: 16)
            for index in ending.indices { octets = octets << 8 | UInt128(ending[index]) }
            self.octets = octets
        }
    }

    private struct Entry: Sendable {
        let text: String
        let object: any AnyObject & Sendable

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

    /// How many objects are kept now.
    package var count: Int { state.withLock { $0.young.count + $0.old.count } }

    /// What was kept for exactly this text in this scope. `octets` are those of the text.
    package func object(
        for text: String, octets: Span<UInt8>, in scope: any AnyObject & Sendable
    ) -> (any AnyObject & Sendable)? {
        let ending = Ending(octets)
        return state.withLock { state in
            state.enter(scope)
            if let entry = state.young[ending] { return entry.isFor(text) ? entry.object : nil }
            guard let entry = state.old[ending], entry.isFor(text) else { return nil }
            state.add(entry, at: ending, generation: generation)
            return entry.object
        }
    }

    /// Keeps `object` for `text`, which must be ASCII, in this scope. `octets` are those of the text.
    package func keep(
        _ object: any AnyObject & Sendable, for text: String, octets: Span<UInt8>, in scope: any AnyObject & Sendable
    ) {
        let ending = Ending(octets)
        state.withLock { state in
            state.enter(scope)
            state.add(Entry(text: text, object: object), at: ending, generation: generation)
        }
    }
}
