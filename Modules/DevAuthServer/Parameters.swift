import WireFormats

/// The parameters of a query or form. A parameter without a value counts as absent (RFC 6749 §3.1).
struct Parameters: Sendable {
    // RFC 8707 §2 allows this one several times.
    private static let repeatable = "resource"

    private let fields: [FormField]

    init(_ fields: [FormField]) {
        self.fields = fields.filter { !$0.value.isEmpty }
    }

    static let none = Parameters([])

    /// The value of a parameter; nil if it is absent or appears more than once.
    subscript(name: String) -> String? {
        let found = values(of: name)
        return found.count == 1 ? found[0] : nil
    }

    func isRepeated(_ name: String) -> Bool { values(of: name).count > 1 }

    /// RFC 6749 §3.1 and §3.2: no parameter may appear twice.
    var hasRepetition: Bool { fields.contains { $0.name != Self.repeatable && isRepeated($0.name) } }

    /// Every value of a parameter that may appear more than once.
    func values(of name: String) -> [String] {
        fields.filter { $0.name.hasSameOctets(as: name) }.map(\.value)
    }
}
