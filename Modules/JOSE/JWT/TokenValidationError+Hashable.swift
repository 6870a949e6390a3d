extension TokenValidationError.Reason: Hashable {
    /// Whether both are the same reason. The errors of a key source are compared as ``KeyError``, others by their
    /// type and text.
    public static func == (left: Self, right: Self) -> Bool { left.identity == right.identity }

    /// Feeds what ``==(_:_:)`` compares to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(identity) }

    private var identity: Identity {
        switch self {
        case .jws(let error): .jws(error)
        case .claim(let error): .claim(error)
        case .keysOfAnotherIssuer: .keysOfAnotherIssuer
        case .keysUnavailable(let error as KeyError): .jwkSet(error)
        case .keysUnavailable(let error): .otherSource(ObjectIdentifier(type(of: error)), "\(error)")
        case .proofKey(let reason): .proofKey(reason)
        case .anotherKey: .anotherKey
        }
    }

    /// The reason as a value that can be compared.
    private enum Identity: Hashable {
        case jws(JWSError)
        case claim(ClaimError)
        case keysOfAnotherIssuer
        case jwkSet(KeyError)
        case otherSource(ObjectIdentifier, String)
        case proofKey(JWKRefusalReason)
        case anotherKey
    }
}
