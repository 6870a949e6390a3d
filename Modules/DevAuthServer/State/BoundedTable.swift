/// A dictionary that drops its oldest entry when a new one would exceed the limit.
///
/// Removal is linear, which is enough for the short tables of a development server.
struct BoundedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var values: [Key: Value] = [:]
    private var oldestFirst: [Key] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { values.count }

    /// Setting a new key may drop the oldest entry. Setting a known key keeps its age. Setting nil removes the entry.
    subscript(key: Key) -> Value? {
        get { values[key] }
        set {
            let old = values[key]
            values[key] = newValue
            switch (old, newValue) {
            case (nil, .some): append(key)
            case (.some, nil): oldestFirst.removeAll { $0 == key }
            default: break
            }
        }
    }

    mutating func removeAll(where shouldRemove: (Value) -> Bool) {
        values = values.filter { !shouldRemove($0.value) }
        oldestFirst.removeAll { values[$0] == nil }
    }

    private mutating func append(_ key: Key) {
        oldestFirst.append(key)
        guard oldestFirst.count > limit else { return }
        values[oldestFirst.removeFirst()] = nil
    }
}
