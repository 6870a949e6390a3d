import OAuthTypes

/// How a login in progress was started, apart from what its responses must satisfy.
public struct LoginTraits: OptionSet, Sendable, Hashable {
    /// The bits, as they are sealed.
    public let rawValue: UInt8

    /// Creates traits from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The scope `profile` was requested.
    public static let askedProfile = LoginTraits(rawValue: 1)
    /// The scope `email` was requested.
    public static let askedEmail = LoginTraits(rawValue: 2)
    /// The scope `offline_access` was requested.
    public static let askedOfflineAccess = LoginTraits(rawValue: 4)
    /// Consent was requested (`prompt=consent`).
    public static let askedConsent = LoginTraits(rawValue: 8)
    /// It is the retry of a login that the provider ended; there is no second retry.
    public static let retried = LoginTraits(rawValue: 16)
    /// Neither challenge nor verifier is sent, by a deviation that the integrator named. RFC 9700 §2.1.1 is then not
    /// met.
    public static let withoutPKCE = LoginTraits(rawValue: 32)
    /// The ID token may lack the nonce, by a deviation that the integrator named. A different nonce is still refused.
    public static let withoutNonce = LoginTraits(rawValue: 64)
    /// It was started for a visitor who asked for no login (`prompt=none`): when it ends without a session, the visitor
    /// goes on to the page.
    public static let silent = LoginTraits(rawValue: 128)

    static let known: LoginTraits = [
        .askedProfile, .askedEmail, .askedOfflineAccess, .askedConsent, .retried, .withoutPKCE, .withoutNonce, .silent,
    ]
}

extension AuthorizationRequest {
    /// The traits of a login that this request starts.
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
