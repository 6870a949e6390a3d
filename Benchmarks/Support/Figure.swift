/// A measured number and its bound.
public struct Figure: Sendable {
    /// The bound of a number.
    public enum Bound: Sendable {
        /// At least this.
        case atLeast(Double)
        /// At most this.
        case atMost(Double)

        var text: String {
            switch self {
            case .atLeast(let bound): ">=\(bound.rounded(to: 5))"
            case .atMost(let bound): "<=\(bound.rounded(to: 5))"
            }
        }

        func holds(for value: Double) -> Bool {
            switch self {
            case .atLeast(let bound): value >= bound
            case .atMost(let bound): value <= bound
            }
        }
    }

    private let name: String
    private let value: Double?
    private let bound: Bound
    private let reason: String

    /// Creates a figure that was measured.
    public init(_ name: String, value: Double, bound: Bound) {
        self.name = name
        self.value = value
        self.bound = bound
        reason = ""
    }

    /// Creates a figure that could not be measured.
    public init(skipped name: String, bound: Bound, because reason: String) {
        self.name = name
        value = nil
        self.bound = bound
        self.reason = reason
    }

    /// Whether the number violates its bound.
    public var isBroken: Bool { value.map { !bound.holds(for: $0) } ?? false }

    /// The machine-readable line.
    public var line: String {
        guard let value else { return "FIGURE \(name) - \(bound.text) SKIP \(reason)" }
        return "FIGURE \(name) \(value.rounded(to: 5)) \(bound.text) \(isBroken ? "FAIL" : "PASS")"
    }
}

extension Double {
    /// The number with at most `digits` digits after the point.
    public func rounded(to digits: Int) -> Double {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
