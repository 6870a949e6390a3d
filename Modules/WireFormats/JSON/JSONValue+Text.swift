extension JSONValue {
    /// How JSON text is laid out.
    public enum Layout: Sendable, Hashable {
        /// No white space.
        case compact
        /// One member or element a line, indented.
        case indented
    }

    /// Reads one JSON text (RFC 8259); nil unless it is strict UTF-8 JSON without repeated names, within the bounds
    /// of 1 MiB, 32 levels and 1,000 members an object.
    public init?(parsing octets: [UInt8]) {
        guard let value = try? JSONReader.value(octets) else { return nil }
        self = value
    }

    /// The JSON text; the same for the same value.
    public func text(_ layout: Layout = .compact) -> String {
        JSONWriter.text(self, style: layout == .compact ? .compact : .pretty)
    }
}
