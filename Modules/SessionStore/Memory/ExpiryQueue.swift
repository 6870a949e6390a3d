import OAuthTypes

/// A binary heap of keys: the one that is due first comes first.
struct ExpiryQueue: Sendable {
    struct Node: Sendable {
        let end: UnixTime
        let key: SessionKey
    }

    private var nodes: [Node] = []

    init() {}

    init(_ nodes: [Node]) {
        // A sorted array is a heap.
        self.nodes = nodes.sorted { $0.end < $1.end }
    }

    var count: Int { nodes.count }

    var first: Node? { nodes.first }

    mutating func insert(_ node: Node) {
        nodes.append(node)
        var child = nodes.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard nodes[child].end < nodes[parent].end else { return }
            nodes.swapAt(child, parent)
            child = parent
        }
    }

    @discardableResult
    mutating func removeFirst() -> Node? {
        guard let last = nodes.popLast() else { return nil }
        guard let first = nodes.first else { return last }
        replaceFirst(with: last)
        return first
    }

    mutating func replaceFirst(with node: Node) {
        guard !nodes.isEmpty else { return }
        nodes[0] = node
        var parent = 0
        while let child = earlierChild(of: parent), nodes[child].end < nodes[parent].end {
            nodes.swapAt(child, parent)
            parent = child
        }
    }

    private func earlierChild(of parent: Int) -> Int? {
        let left = 2 * parent + 1
        guard left < nodes.count else { return nil }
        let right = left + 1
        return right < nodes.count && nodes[right].end < nodes[left].end ? right : left
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index from which on `belongsBehind` holds; the collection must be partitioned by it.
    func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [SessionKey] {
    mutating func insertSorted(_ key: SessionKey) {
        insert(key, at: partitioningIndex { key < $0 })
    }

    mutating func removeSorted(_ key: SessionKey) {
        let place = partitioningIndex { !($0 < key) }
        guard place < count, self[place] == key else { return }
        remove(at: place)
    }
}
