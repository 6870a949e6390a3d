import OAuthTypes

/// A binary heap of slots: the one that is due first comes first. Each entry of the slab knows its place here.
///
/// An entry is due no later than its record ends. A touch moves the end only; whoever looks at the first one moves it
/// back if its end has moved.
struct ExpiryQueue: Sendable {
    struct Node: Sendable {
        var due: UnixTime
        let slot: UInt32
    }

    private var nodes: [Node] = []

    var first: Node? { nodes.first }

    func due(at place: Int) -> UnixTime { nodes[place].due }

    mutating func insert(_ slot: UInt32, due: UnixTime, in slab: inout MemorySlab) {
        nodes.append(Node(due: due, slot: slot))
        moveUp(from: nodes.count - 1, in: &slab)
    }

    mutating func remove(at place: Int, in slab: inout MemorySlab) {
        guard let last = nodes.popLast(), place < nodes.count else { return }
        nodes[place] = last
        moveDown(from: place, in: &slab)
        if let place = slab.place(of: last.slot) { moveUp(from: place, in: &slab) }
    }

    mutating func change(_ place: Int, due: UnixTime, in slab: inout MemorySlab) {
        let isLater = nodes[place].due < due
        nodes[place].due = due
        if isLater { moveDown(from: place, in: &slab) } else { moveUp(from: place, in: &slab) }
    }

    private mutating func moveUp(from start: Int, in slab: inout MemorySlab) {
        let node = nodes[start]
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard node.due < nodes[parent].due else { break }
            put(nodes[parent], at: place, in: &slab)
            place = parent
        }
        put(node, at: place, in: &slab)
    }

    private mutating func moveDown(from start: Int, in slab: inout MemorySlab) {
        let node = nodes[start]
        var place = start
        while let child = earlierChild(of: place), nodes[child].due < node.due {
            put(nodes[child], at: place, in: &slab)
            place = child
        }
        put(node, at: place, in: &slab)
    }

    private mutating func put(_ node: Node, at place: Int, in slab: inout MemorySlab) {
        nodes[place] = node
        slab.setPlace(place, of: node.slot)
    }

    private func earlierChild(of parent: Int) -> Int? {
        let left = 2 * parent + 1
        guard left < nodes.count else { return nil }
        let right = left + 1
        return right < nodes.count && nodes[right].due < nodes[left].due ? right : left
    }
}
