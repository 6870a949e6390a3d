import OAuthTypes

/// What a login in progress remembers of how it was begun, beside what its answers are held to.
public struct LoginTraits: OptionSet, Sendable, Hashable {
    /// The bits, as they are sealed.
    public let rawValue: UInt8

    /// Takes bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The scope `profile` was asked for.
    public static let askedProfile = LoginTraits(rawValue: 1)
    /// The scope `email` was asked for.
    public static let askedEmail = LoginTraits(rawValue: 2)
    /// The scope `offline_access` was asked for.
    public static let askedOfflineAccess = LoginTraits(rawValue: 4)
    /// The provider was told to ask for consent (`prompt=consent`).
    public static let askedConsent = LoginTraits(rawValue: 8)
    /// It is the second try of a login that the provider ended; there is no third.
    public static let retried = LoginTraits(rawValue: 16)
    /// Neither challenge nor verifier are sent, by a deviation that the integrator named. RFC 9700 §2.1.1 is then unmet.
    public static let withoutPKCE = LoginTraits(rawValue: 32)
    /// The ID token may lack the nonce, by a deviation that the integrator named. It may not hold another one.
    public static let withoutNonce = LoginTraits(rawValue: 64)

    static let known: LoginTraits = [
        .askedProfile, .askedEmail, .askedOfflineAccess, .askedConsent, .retried, .withoutPKCE, .withoutNonce,
    ]
}

extension AuthorizationRequest {
    /// The traits of a login that this request begins.
    var traits: LoginTraits {
        var traits = circumstances
        let asked: [(String, LoginTraits)] = [
            ("profile", .askedProfile), ("email", .askedEmail), ("offline_access", .askedOfflineAccess),
        ]
        for (value, trait) in asked where scope.contains(value) { traits.insert(trait) }
        if prompt.contains(.consent) { traits.insert(.askedConsent) }
        return traits
    }
}
