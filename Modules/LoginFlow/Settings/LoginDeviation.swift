import AuthURL
import JOSE
public import OAuthTypes

/// A deviation from the standards that one provider needs and an integrator accepts. None is on by default, and no
/// token or visitor can switch one on.
///
///     settings.deviations = [.trustedAudiences(["383168317235462148"])]
public struct LoginDeviation: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case withoutNonceAndPKCE(Issuer?)
        case unencodedBasicSecret, hs256ByClientSecret, sha256EdDSAHash, newAuthTimeAtRefresh
        case trustedAudiences([String])
    }

    let kind: Kind

    /// LinkedIn: its ID tokens have no nonce, and it does not support PKCE.
    ///
    /// Gives up: proof that the code and the ID token belong to the login of this browser. A code that was stolen on its way
    /// can be injected into another login; only `state`, the client secret and the provider's own checks are left, and
    /// RFC 9700 §2.1.1 is unmet. Bound to the issuer `https://www.linkedin.com/oauth`: with another one the settings are
    /// faulty. A nonce goes out all the same, and a token may lack it but not hold another one.
    public static let linkedIn = LoginDeviation(kind: .withoutNonceAndPKCE(nil))

    /// As ``linkedIn``, bound to another issuer that needs both.
    public static func linkedIn(issuer: Issuer) -> LoginDeviation {
        LoginDeviation(kind: .withoutNonceAndPKCE(issuer))
    }

    /// `client_secret_basic` with client ID and secret unencoded, for providers that do not decode them.
    ///
    /// Gives up: RFC 6749 §2.3.1, and with it a client ID that holds a colon. Prefer `client_secret_post`.
    public static let unencodedBasicSecret = LoginDeviation(kind: .unencodedBasicSecret)

    /// LINE: ID tokens are signed with HS256 and the client secret.
    ///
    /// Gives up: the difference between verifying and signing. Everyone who has the client secret can make ID tokens for
    /// every user of the app. Tokens signed with a published key are then refused.
    public static let hs256ByClientSecret = LoginDeviation(kind: .hs256ByClientSecret)

    /// glewlwyd: `at_hash` and `c_hash` of ID tokens signed with EdDSA use SHA-256.
    ///
    /// Gives up: agreement with other providers, which take SHA-512, the hash of Ed25519 itself. No strength to speak of.
    public static let sha256EdDSAHash = LoginDeviation(kind: .sha256EdDSAHash)

    /// Amazon Cognito, Authlib's stock server: the ID token of a refresh contains a new `auth_time`.
    ///
    /// Gives up: OpenID Connect Core §12.2, so the time of the login is known from the login alone.
    public static let newAuthTimeAtRefresh = LoginDeviation(kind: .newAuthTimeAtRefresh)

    /// ZITADEL: ID tokens name audiences in addition to the client.
    ///
    /// Gives up: exclusive use. Each of the named audiences can use the ID tokens of this app, and this app takes tokens that were meant for
    /// them too. Name only clients of your own.
    public static func trustedAudiences(_ audiences: [String]) -> LoginDeviation {
        LoginDeviation(kind: .trustedAudiences(audiences))
    }
}

extension LoginDeviation {
    private static let linkedInIssuer = "https://www.linkedin.com/oauth"

    /// The only issuer that it applies to; nil if it is bound to none.
    public var boundIssuer: String? {
        guard case .withoutNonceAndPKCE(let issuer) = kind else { return nil }
        return issuer?.text ?? LoginDeviation.linkedInIssuer
    }
}

extension Set<LoginDeviation> {
    /// The additional audiences that ID tokens may name.
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
    /// Applies the deviation to the expectations of a login or a refresh.
    func apply(to expectations: inout IDTokenExpectations) {
        expectations.trustedAudiences = trustedAudiences
        if contains(.sha256EdDSAHash) { expectations.edDSAHash = .sha256 }
        if contains(.newAuthTimeAtRefresh) { expectations.refreshedAuthTime = .acceptingNewAuthTime }
    }

    /// The deviations that a login used, for observers. Those of the ID token are recorded with it.
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
        case .withoutNonceAndPKCE where clientCredential.methodName == "none":
            return SettingFault(
                setting: "deviations", problem: "linkedIn stands beside a client without credentials",
                fix: "Authenticate the client: without PKCE nothing else ties a code to this app.")
        case .withoutNonceAndPKCE: return deviation.boundIssuer.flatMap(bindingFault)
        case .trustedAudiences(let audiences) where audiences.contains(where: \.isEmpty) || audiences.isEmpty:
            return SettingFault(
                setting: "deviations", problem: "trustedAudiences names nothing, or an empty audience",
                fix: "Name the audiences that the provider adds, as they stand in its ID tokens.")
        case .hs256ByClientSecret where (clientCredential.clientSecret?.exposedText.utf8.count ?? 0) < 32:
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
