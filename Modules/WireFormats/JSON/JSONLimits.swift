/// The limits of a JSON text.
package struct JSONLimits: Sendable, Hashable {
    package static let standard = JSONLimits()
    /// Reader and scanner descend by recursion; no limit may exceed what a small thread stack carries.
    package static let maximumDepth = 128

    /// Octets of the whole text.
    package var octets: Int
    /// Open arrays and objects at one place.
    package let depth: Int
    /// Members of one object.
    package var members: Int
    /// Elements of one array.
    package var elements: Int

    package init(octets: Int = 1_048_576, depth: Int = 32, members: Int = 1_000, elements: Int = 10_000) {
        self.octets = octets
        self.depth = min(depth, Self.maximumDepth)
        self.members = members
        self.elements = elements
    }
}
