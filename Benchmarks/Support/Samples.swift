/// The cost of one operation in nanoseconds, one sample per batch.
public struct Samples: Sendable {
    private var values: [Double] = []

    /// Creates an empty list of samples.
    public init() {}

    /// Adds the sample of a batch of `count` operations.
    public mutating func add(_ nanoseconds: Int64, of count: Int) {
        values.append(Double(nanoseconds) / Double(count))
    }

    /// The minimum: the cost without disturbance.
    public var minimum: Double { values.min() ?? .infinity }

    /// The median.
    public var median: Double {
        values.isEmpty ? .infinity : values.sorted()[values.count / 2]
    }

    /// Whether the machine was so busy that the median lies far above the minimum.
    public var areDisturbed: Bool { median > 1.5 * minimum }
}
