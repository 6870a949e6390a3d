import JOSE
import OAuthTypes
import WireFormats

// The modules of the FAPI 2.0 security profile plan whose fault does not need that profile.
extension HostileProvider.Fault {
    static let financial: [HostileProvider.Fault] = [
        idTokenSecondAudience, idTokenAudienceArray, idTokenOtherAlgorithm, idTokenExpired, idTokenWithoutExpiration,
        idTokenWithoutIssuer, idTokenWithoutNonce, responseIssuerMismatch, responseWithoutIssuer, stateMismatch,
        responseWithoutState, tokensWithoutLifetime, tokenTypeInCapitals,
    ]

    /// The provider names a foreign client beside the right one as audiences of the ID token.
    public static let idTokenSecondAudience = HostileProvider.Fault(
        "idTokenSecondAudience", .refuse, module: "fapi2-security-profile-final-client-test-invalid-secondary-aud",
        summary: "names a foreign client beside the right one as audiences of the ID token",
        recipe: .idToken { token in
            token.claims["aud"] = .array([token.claims["aud"] ?? "", "another-client"])
        })

    /// The provider writes the audience as an array of one.
    public static let idTokenAudienceArray = HostileProvider.Fault(
        "idTokenAudienceArray", .accept, module: "fapi2-security-profile-final-client-test-valid-aud-as-array",
        summary: "writes the audience as an array of one",
        recipe: .idToken { token in token.claims["aud"] = .array([token.claims["aud"] ?? ""]) })

    /// The provider signs the ID token with an algorithm that it does not list, and publishes the key.
    public static let idTokenOtherAlgorithm = HostileProvider.Fault(
        "idTokenOtherAlgorithm", .refuse, module: "fapi2-security-profile-final-client-test-invalid-alternate-alg",
        summary: "signs the ID token with an algorithm that it does not list, and publishes the key",
        recipe: Recipe(
            keys: { keys, scene in keys.append(scene.keys.curve.publicJWK) },
            idToken: { token, _ in token.signature = .curve }))

    /// The provider sends an ID token that expired ten minutes ago.
    public static let idTokenExpired = HostileProvider.Fault(
        "idTokenExpired", .refuse, module: "fapi2-security-profile-final-client-test-invalid-expired-exp",
        summary: "sends an ID token that expired ten minutes ago",
        recipe: Recipe(idToken: { token, scene in token.claims["exp"] = .time(scene.now.adding(seconds: -600)) }))

    /// The provider leaves exp out of the ID token.
    public static let idTokenWithoutExpiration = HostileProvider.Fault(
        "idTokenWithoutExpiration", .refuse, module: "fapi2-security-profile-final-client-test-invalid-missing-exp",
        summary: "leaves exp out of the ID token",
        recipe: .claim("exp", nil))

    /// The provider leaves iss out of the ID token.
    public static let idTokenWithoutIssuer = HostileProvider.Fault(
        "idTokenWithoutIssuer", .refuse, module: "fapi2-security-profile-final-client-test-invalid-missing-iss",
        summary: "leaves iss out of the ID token",
        recipe: .claim("iss", nil))

    /// The provider leaves the nonce out of the ID token.
    public static let idTokenWithoutNonce = HostileProvider.Fault(
        "idTokenWithoutNonce", .refuse, module: "fapi2-security-profile-final-client-test-invalid-missing-nonce",
        summary: "leaves the nonce out of the ID token",
        recipe: .claim("nonce", nil))

    /// The provider names another issuer in the authorization response.
    public static let responseIssuerMismatch = HostileProvider.Fault(
        "responseIssuerMismatch", .refuse,
        module: "fapi2-security-profile-final-client-test-invalid-authorization-response-iss",
        summary: "names another issuer in the authorization response",
        recipe: .response { $0["iss"] = "https://elsewhere.example" })

    /// The provider leaves iss out of the authorization response, although its metadata promises it.
    public static let responseWithoutIssuer = HostileProvider.Fault(
        "responseWithoutIssuer", .refuse,
        module: "fapi2-security-profile-final-client-test-remove-authorization-response-iss",
        summary: "leaves iss out of the authorization response, although its metadata promises it",
        recipe: .response { $0["iss"] = nil })

    /// The provider sends another state back.
    public static let stateMismatch = HostileProvider.Fault(
        "stateMismatch", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-state-fails",
        summary: "sends another state back",
        recipe: .response { $0["state"] = "of-another-login" })

    /// The provider sends no state back.
    public static let responseWithoutState = HostileProvider.Fault(
        "responseWithoutState", .refuse,
        module:
            "fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-missing-state-fails",
        summary: "sends no state back",
        recipe: .response { $0["state"] = nil })

    /// The provider does not say how long the access token is valid.
    public static let tokensWithoutLifetime = HostileProvider.Fault(
        "tokensWithoutLifetime", .accept,
        module: "fapi2-security-profile-final-client-test-token-endpoint-response-without-expires_in",
        summary: "does not say how long the access token is valid",
        recipe: .tokens { $0["expires_in"] = nil })

    /// The provider writes the token type in other letters.
    public static let tokenTypeInCapitals = HostileProvider.Fault(
        "tokenTypeInCapitals", .accept,
        module: "fapi2-security-profile-final-client-test-token-type-case-insensitivity",
        summary: "writes the token type in other letters",
        recipe: .tokens { $0["token_type"] = "bEARER" })
}
