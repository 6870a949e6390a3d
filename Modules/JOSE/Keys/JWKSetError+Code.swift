extension JWKSetError {
    /// The case as a word that stays the same between releases.
    public var code: String {
        switch self {
        case .malformed: "malformed_key_set"
        case .missingKeys: "key_set_without_keys"
        case .tooManyKeys: "too_many_keys"
        }
    }
}
