import OAuthTypes

/// A binary heap of slots: the one that is due first comes first. Each entry of the slab knows its index here.
///
/// An entry is due no later than its record ends. A touch moves the end only; the reader of the first one moves it
/// back if its end has moved.
struct ExpiryQueue: Sendable {
    struct Node: Sendable {
        var due: UnixTime
        let slot: UInt32
    }

    private var nodes: [Node] = []

    var first: Node? { nodes.first }

    func due(at index: Int) -> UnixTime { nodes[index].due }

    mutating func insert(_ slot: UInt32, due: UnixTime, in slab: inout MemorySlab) {
        nodes.append(Node(due: due, slot: slot))
        moveUp(from: nodes.count - 1, in: &slab)
    }

    mutating func remove(at index: Int, in slab: inout MemorySlab) {
        guard let last = nodes.popLast(), index < nodes.count else { return }
        nodes[index] = last
        moveDown(from: index, in: &slab)
        if let index = slab.queueIndex(of: last.slot) { moveUp(from: index, in: &slab) }
    }

    mutating func change(_ index: Int, due: UnixTime, in slab: inout MemorySlab) {
        let isLater = nodes[index].due < due
        nodes[index].due = due
        if isLater { moveDown(from: index, in: &slab) } else { moveUp(from: index, in: &slab) }
    }

    private mutating func moveUp(from start: Int, in slab: inout MemorySlab) {
        let node = nodes[start]
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard node.due < nodes[parent].due else { break }
            put(nodes[parent], at: index, in: &slab)
            index = parent
        }
        put(node, at: index, in: &slab)
    }

    private mutating func moveDown(from start: Int, in slab: inout MemorySlab) {
        let node = nodes[start]
        var index = start
        while let child = earlierChild(of: index), nodes[child].due < node.due {
            put(nodes[child], at: index, in: &slab)
            index = child
        }
        put(node, at: index, in: &slab)
    }

    private mutating func put(_ node: Node, at index: Int, in slab: inout MemorySlab) {
        nodes[index] = node
        slab.setQueueIndex(index, of: node.slot)
    }

    private func earlierChild(of parent: Int) -> Int? {
        let left = 2 * parent + 1
        guard left < nodes.count else { return nil }
        let right = left + 1
        return right < nodes.count && nodes[right].due < nodes[left].due ? right : left
    }
}
