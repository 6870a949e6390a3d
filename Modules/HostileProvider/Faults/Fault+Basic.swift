import DevAuthServer
import JOSE
import OAuthTypes
import WireFormats

// The modules of the Basic RP plan, which the Form Post plan repeats.
extension HostileProvider.Fault {
    static let basic: [HostileProvider.Fault] = [
        nothing, loginByThirdParty, idTokenIssuerMismatch, idTokenWithoutSubject, idTokenAudienceMismatch,
        idTokenWithoutIssuedAt,
        keyWithoutID, keysWithoutID, idTokenRS256, idTokenUnsigned, idTokenSignatureInvalid, userInfoSubjectMismatch,
        idTokenNonceMismatch, claimsInUserInfoOnly, basicAuthenticationOnly,
    ]

    /// The provider does nothing wrong.
    public static let nothing = HostileProvider.Fault(
        "nothing", .accept, module: "oidcc-client-test",
        summary: "does nothing wrong")

    /// The provider does nothing wrong, and begins the login itself, which the test does in its place.
    public static let loginByThirdParty = HostileProvider.Fault(
        "loginByThirdParty", .accept, module: "oidcc-client-test-3rd-party-init-login",
        summary: "does nothing wrong, and begins the login itself (the test opens the app's address for that)")

    /// The provider names another issuer in the ID token.
    public static let idTokenIssuerMismatch = HostileProvider.Fault(
        "idTokenIssuerMismatch", .refuse, module: "oidcc-client-test-invalid-iss",
        summary: "names another issuer in the ID token",
        recipe: .claim("iss", "https://elsewhere.example"))

    /// The provider leaves sub out of the ID token.
    public static let idTokenWithoutSubject = HostileProvider.Fault(
        "idTokenWithoutSubject", .refuse, module: "oidcc-client-test-missing-sub",
        summary: "leaves sub out of the ID token",
        recipe: .claim("sub", nil))

    /// The provider names another client as the audience of the ID token.
    public static let idTokenAudienceMismatch = HostileProvider.Fault(
        "idTokenAudienceMismatch", .refuse, module: "oidcc-client-test-invalid-aud",
        summary: "names another client as the audience of the ID token",
        recipe: .claim("aud", "another-client"))

    /// The provider leaves iat out of the ID token.
    public static let idTokenWithoutIssuedAt = HostileProvider.Fault(
        "idTokenWithoutIssuedAt", .refuse, module: "oidcc-client-test-missing-iat",
        summary: "leaves iat out of the ID token",
        recipe: .claim("iat", nil))

    /// The provider gives its only key no ID, nor does the ID token name one.
    public static let keyWithoutID = HostileProvider.Fault(
        "keyWithoutID", .accept, module: "oidcc-client-test-kid-absent-single-jwks",
        summary: "gives its only key no ID, nor does the ID token name one",
        recipe: Recipe(
            keys: { keys, _ in keys = keys.map { $0.without("kid") } },
            idToken: { token, _ in token.header["kid"] = nil }))

    /// The provider publishes several keys without IDs, and the ID token names none.
    public static let keysWithoutID = HostileProvider.Fault(
        "keysWithoutID", .accept, module: "oidcc-client-test-kid-absent-multiple-jwks",
        summary: "publishes several keys without IDs, and the ID token names none",
        recipe: Recipe(
            keys: { keys, scene in
                keys = ([scene.keys.stranger.publicJWK] + keys + [scene.keys.next.publicJWK]).map { $0.without("kid") }
            }, idToken: { token, _ in token.header["kid"] = nil }))

    /// The provider signs the ID token with RS256, the only algorithm that it lists.
    public static let idTokenRS256 = HostileProvider.Fault(
        "idTokenRS256", .accept, module: "oidcc-client-test-idtoken-sig-rs256",
        summary: "signs the ID token with RS256, the only algorithm that it lists",
        recipe: .metadata { $0["id_token_signing_alg_values_supported"] = ["RS256"] })

    /// The provider does not sign the ID token (alg=none), and lists none.
    public static let idTokenUnsigned = HostileProvider.Fault(
        "idTokenUnsigned", .refuse, module: "oidcc-client-test-idtoken-sig-none",
        summary: "does not sign the ID token (alg=none), and lists none",
        recipe: Recipe(
            metadata: { document, _ in document["id_token_signing_alg_values_supported"] = ["none", "RS256"] },
            idToken: { token, _ in token.signature = .none }))

    /// The provider flips one bit of the signature of the ID token.
    public static let idTokenSignatureInvalid = HostileProvider.Fault(
        "idTokenSignatureInvalid", .refuse, module: "oidcc-client-test-invalid-sig-rs256",
        summary: "flips one bit of the signature of the ID token",
        recipe: .idToken { $0.signature = .broken })

    /// The provider answers about another user at the UserInfo endpoint.
    public static let userInfoSubjectMismatch = HostileProvider.Fault(
        "userInfoSubjectMismatch", .refuse, module: "oidcc-client-test-userinfo-invalid-sub", at: .userInfo,
        summary: "answers about another user at the UserInfo endpoint",
        recipe: .lackingClaims { $0["sub"] = "somebody-else" })

    /// The provider writes another nonce into the ID token.
    public static let idTokenNonceMismatch = HostileProvider.Fault(
        "idTokenNonceMismatch", .refuse, module: "oidcc-client-test-nonce-invalid",
        summary: "writes another nonce into the ID token",
        recipe: .claim("nonce", "of-another-login"))

    /// The provider has the claims of profile and email at the UserInfo endpoint only.
    public static let claimsInUserInfoOnly = HostileProvider.Fault(
        "claimsInUserInfoOnly", .accept, module: "oidcc-client-test-scope-userinfo-claims", at: .userInfo,
        summary: "has the claims of profile and email at the UserInfo endpoint only",
        recipe: .lackingClaims { (_: inout JSONObject) in })

    /// The provider takes client_secret_basic only.
    public static let basicAuthenticationOnly = HostileProvider.Fault(
        "basicAuthenticationOnly", .accept, module: "oidcc-client-test-client-secret-basic",
        summary: "takes client_secret_basic only",
        recipe: Recipe(
            metadata: { document, _ in document["token_endpoint_auth_methods_supported"] = ["client_secret_basic"] },
            answer: { answer, endpoint, scene in
                guard endpoint == .token, scene.request.fields.values(named: "Authorization").isEmpty else { return }
                answer = .error(401, "invalid_client")
            }))
}
