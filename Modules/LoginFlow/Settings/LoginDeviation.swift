import AuthURL
import JOSE
public import OAuthTypes

/// A departure from the standards that one provider needs and an integrator accepts. None is on by default, and nothing
/// that a token or a visitor says switches one on.
///
///     settings.deviations = [.trustedAudiences(["383168317235462148"])]
public struct LoginDeviation: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case withoutNonceAndPKCE(Issuer?)
        case unencodedBasicSecret, hs256ByClientSecret, sha256EdDSAHash, newAuthTimeAtRefresh
        case trustedAudiences([String])
    }

    let kind: Kind

    /// LinkedIn: its ID tokens have no nonce, and it does not know PKCE.
    ///
    /// Lost: proof that the code and the ID token belong to the login of this browser. A code that was stolen on its way
    /// can be injected into another login; only `state`, the client secret and the provider's own checks are left, and
    /// RFC 9700 §2.1.1 is unmet. Bound to the issuer `https://www.linkedin.com/oauth`: with another one the settings are
    /// faulty. A nonce goes out all the same, and a token may lack it but not hold another one.
    public static let linkedIn = LoginDeviation(kind: .withoutNonceAndPKCE(nil))

    /// As ``linkedIn``, bound to another issuer that needs both.
    public static func linkedIn(issuer: Issuer) -> LoginDeviation {
        LoginDeviation(kind: .withoutNonceAndPKCE(issuer))
    }

    /// HTTP Basic with client ID and secret as they are, for providers that do not decode them.
    ///
    /// Lost: RFC 6749 §2.3.1, and with it a client ID that holds a colon. Prefer `client_secret_post`.
    public static let unencodedBasicSecret = LoginDeviation(kind: .unencodedBasicSecret)

    /// LINE: ID tokens are signed with HS256 and the client secret.
    ///
    /// Lost: the difference between whoever verifies and whoever signs. Whoever has the client secret can make ID tokens
    /// for every user of the app. Tokens signed with a published key are then refused.
    public static let hs256ByClientSecret = LoginDeviation(kind: .hs256ByClientSecret)

    /// glewlwyd: `at_hash` and `c_hash` of ID tokens signed with EdDSA are made with SHA-256.
    ///
    /// Lost: agreement with other providers, which take SHA-512, the hash of Ed25519 itself. No strength to speak of.
    public static let sha256EdDSAHash = LoginDeviation(kind: .sha256EdDSAHash)

    /// Amazon Cognito, Authlib's stock server: the ID token of a refresh names a new `auth_time`.
    ///
    /// Lost: OpenID Connect Core §12.2, so the time of the login is known from the login alone.
    public static let newAuthTimeAtRefresh = LoginDeviation(kind: .newAuthTimeAtRefresh)

    /// ZITADEL: ID tokens name further audiences beside the client.
    ///
    /// Lost: each of the named audiences can use the ID tokens of this app, and this app takes tokens that were meant for
    /// them too. Name only clients of your own.
    public static func trustedAudiences(_ audiences: [String]) -> LoginDeviation {
        LoginDeviation(kind: .trustedAudiences(audiences))
    }
}

extension LoginDeviation {
    private static let linkedInIssuer = "https://www.linkedin.com/oauth"

    /// The only issuer that it is for; nil where it is bound to none.
    public var boundIssuer: String? {
        guard case .withoutNonceAndPKCE(let issuer) = kind else { return nil }
        return issuer?.text ?? LoginDeviation.linkedInIssuer
    }
}

extension Set<LoginDeviation> {
    /// The further audiences that ID tokens may name.
    var trustedAudiences: [String] {
        flatMap { deviation -> [String] in
            guard case .trustedAudiences(let audiences) = deviation.kind else { return [] }
            return audiences
        }
    }

    /// Whether logins leave PKCE out and may lack the nonce.
    var leavesOutNonceAndPKCE: Bool {
        contains { deviation in
            guard case .withoutNonceAndPKCE = deviation.kind else { return false }
            return true
        }
    }
}

extension Set<LoginDeviation> {
    /// Lets an ID token depart, at a login and at a refresh alike.
    func apply(to expectations: inout IDTokenExpectations) {
        expectations.trustedAudiences = trustedAudiences
        if contains(.sha256EdDSAHash) { expectations.edDSAHash = .sha256 }
        if contains(.newAuthTimeAtRefresh) { expectations.refreshedAuthTime = .acceptingNewAuthTime }
    }

    /// What a login rested on, for observers. What the ID token tells of itself is told with it.
    func used(by traits: LoginTraits) -> [ProviderDeviation] {
        var used: [ProviderDeviation] = []
        if traits.contains(.withoutPKCE) {
            used.note(ProviderDeviation(.request, "code_challenge", form: "left out by a named deviation"))
        }
        if contains(.hs256ByClientSecret) {
            used.note(ProviderDeviation(.idToken, "alg", form: "HMAC by the client secret, by a named deviation"))
        }
        if contains(.unencodedBasicSecret) {
            used.note(ProviderDeviation(.request, "Authorization", form: "an unencoded secret, by a named deviation"))
        }
        return used
    }
}

extension LoginSettings {
    var deviationFaults: [SettingFault] {
        deviations.compactMap(fault(of:)).sorted { $0.problem < $1.problem }
    }

    private func fault(of deviation: LoginDeviation) -> SettingFault? {
        switch deviation.kind {
        case .withoutNonceAndPKCE: return deviation.boundIssuer.flatMap(bindingFault)
        case .trustedAudiences(let audiences) where audiences.contains(where: \.isEmpty) || audiences.isEmpty:
            return SettingFault(
                setting: "deviations", problem: "trustedAudiences names nothing, or an empty audience",
                fix: "Name the audiences that the provider adds, as they stand in its ID tokens.")
        case .hs256ByClientSecret where clientSecret.exposedText.utf8.count < 32:
            return SettingFault(
                setting: "deviations", problem: "hs256ByClientSecret needs a client secret of at least 32 octets",
                fix: "Let the provider issue a longer one (RFC 7518 §3.2), or sign with a public key.")
        case .hs256ByClientSecret where idTokenAlgorithms != nil:
            return SettingFault(
                setting: "deviations", problem: "hs256ByClientSecret stands beside idTokenAlgorithms",
                fix: "Name one of them: a published key never serves where the secret signs.")
        default: return nil
        }
    }

    private func bindingFault(_ bound: String) -> SettingFault? {
        guard !issuer.text.utf8.elementsEqual(bound.utf8) else { return nil }
        return SettingFault(
            setting: "deviations", problem: "linkedIn is bound to the issuer '\(bound)', and the issuer is '\(issuer)'",
            fix: "Leave it out: every other provider knows nonce and PKCE, or ignores them.")
    }
}
