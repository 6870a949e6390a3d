public import WireFormats

extension LoginSession {
    /// Decodes the claims as a type of your own.
    ///
    /// ```swift
    /// struct Membership: Decodable { let roles: [String] }
    /// let membership = try session.claims(as: Membership.self, in: "https://shop.example/")
    /// ```
    /// A number becomes an integer only if it is exactly one; nothing is converted between kinds. Times such as `exp` are
    /// numbers of seconds since 1970: decode them as `Int`, since Foundation's `Date` counts from another year.
    /// - Parameters:
    ///   - type: The type, whose coding keys are the names of the claims.
    ///   - namespace: Decodes the claims of this namespace alone, as ``claims(in:)`` gives them; nil decodes all.
    /// - Throws: `DecodingError` with the place and the kinds.
    public func claims<Claims: Decodable>(as type: Claims.Type, in namespace: String? = nil) throws -> Claims {
        try JSONDecoding(.object(namespace.map(claims(in:)) ?? claims)).decode(as: type)
    }

    /// The claims whose names begin with a namespace, without it. Providers such as Auth0 want your own claims named
    /// like this: `https://shop.example/roles` is `roles` in the namespace `https://shop.example/`.
    ///
    /// Names are compared by octets up to a whole component: `https://shop.example` does not have
    /// `https://shop.example.org/roles`.
    public func claims(in namespace: String) -> JSONObject { claims.members(below: namespace) }
}

extension JSONObject {
    /// The members whose names begin with `namespace`, which ends in a separator or gets a `/`, without it.
    package func members(below namespace: String) -> JSONObject {
        let ends = namespace.utf8.last.map { "/:#".utf8.contains($0) } ?? true
        let prefix = Array((ends ? namespace : namespace + "/").utf8)
        let found = members.filter { $0.name.utf8.starts(with: prefix) && $0.name.utf8.count > prefix.count }
        return JSONObject(
            found.map { (String(decoding: $0.name.utf8.dropFirst(prefix.count), as: UTF8.self), $0.value) })
    }
}
