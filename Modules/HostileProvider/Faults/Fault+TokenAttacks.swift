import OAuthTypes
import WireFormats

// Token responses and ID tokens that no honest provider sends.
extension HostileProvider.Fault {
    static let tokenAttacks: [HostileProvider.Fault] = [
        idTokenIssuerWithSlash, idTokenEmptyAudience, idTokenPartyMismatch, idTokenIssuedInFuture,
        idTokenNotYetValid, idTokenEndlessExpiration, idTokenExpirationAsText, idTokenEmptyNonce, idTokenNonceAsList,
        idTokenLongSubject, idTokenNumericSubject, idTokenTwoSubjects, idTokenNoObject, idTokenAccessHashMismatch,
        idTokenCodeHashMismatch, idTokenIsLogoutToken, idTokenIsAccessToken, idTokenLeftOut, idTokenGarbage,
        tokenTypeUnknown, endlessTokenLifetime, negativeTokenLifetime, errorWithStatus200,
    ]

    /// The provider adds a slash to the issuer in the ID token.
    public static let idTokenIssuerWithSlash = HostileProvider.Fault(
        "idTokenIssuerWithSlash", .refuse,
        summary: "adds a slash to the issuer in the ID token",
        recipe: .idToken { token in
            token.claims["iss"] = (token.claims["iss"]?.stringValue).map { .string($0 + "/") }
        })

    /// The provider sends an empty list of audiences.
    public static let idTokenEmptyAudience = HostileProvider.Fault(
        "idTokenEmptyAudience", .refuse,
        summary: "sends an empty list of audiences",
        recipe: .claim("aud", []))

    /// The provider says in the ID token that another client is authorized.
    public static let idTokenPartyMismatch = HostileProvider.Fault(
        "idTokenPartyMismatch", .refuse,
        summary: "says in the ID token that another client is authorized",
        recipe: .claim("azp", "another-client"))

    /// The provider dates the ID token a day ahead.
    public static let idTokenIssuedInFuture = HostileProvider.Fault(
        "idTokenIssuedInFuture", .refuse,
        summary: "dates the ID token a day ahead",
        recipe: Recipe(idToken: { token, scene in token.claims["iat"] = .time(scene.now.adding(seconds: 86_400)) }))

    /// The provider sends an ID token that becomes valid tomorrow.
    public static let idTokenNotYetValid = HostileProvider.Fault(
        "idTokenNotYetValid", .refuse,
        summary: "sends an ID token that becomes valid tomorrow",
        recipe: Recipe(idToken: { token, scene in token.claims["nbf"] = .time(scene.now.adding(seconds: 86_400)) }))

    /// The provider sends an ID token with exp=1e300.
    public static let idTokenEndlessExpiration = HostileProvider.Fault(
        "idTokenEndlessExpiration", .refuse,
        summary: "sends an ID token with exp=1e300",
        recipe: .claim("exp", JSONNumber(text: "1e300").map(JSONValue.number)))

    /// The provider writes exp as a text.
    public static let idTokenExpirationAsText = HostileProvider.Fault(
        "idTokenExpirationAsText", .refuse,
        summary: "writes exp as a text",
        recipe: .claim("exp", "4102444800"))

    /// The provider sends an empty nonce.
    public static let idTokenEmptyNonce = HostileProvider.Fault(
        "idTokenEmptyNonce", .refuse,
        summary: "sends an empty nonce",
        recipe: .claim("nonce", ""))

    /// The provider sends a list of nonces with the right one in it.
    public static let idTokenNonceAsList = HostileProvider.Fault(
        "idTokenNonceAsList", .refuse,
        summary: "sends a list of nonces with the right one in it",
        recipe: .idToken { token in token.claims["nonce"] = .array([token.claims["nonce"] ?? "", "x"]) })

    /// The provider sends a sub of 256 characters.
    public static let idTokenLongSubject = HostileProvider.Fault(
        "idTokenLongSubject", .refuse,
        summary: "sends a sub of 256 characters",
        recipe: .claim("sub", .string(String(repeating: "s", count: 256))))

    /// The provider sends a number as sub.
    public static let idTokenNumericSubject = HostileProvider.Fault(
        "idTokenNumericSubject", .refuse,
        summary: "sends a number as sub",
        recipe: .claim("sub", 7))

    /// The provider writes sub twice.
    public static let idTokenTwoSubjects = HostileProvider.Fault(
        "idTokenTwoSubjects", .refuse,
        summary: "writes sub twice",
        recipe: .idToken { token in
            let text = JSONWriter.text(token.claims)
            token.payload = Array((text.dropLast() + #","sub":"somebody-else"}"#).utf8)
        })

    /// The provider signs a payload that is a list.
    public static let idTokenNoObject = HostileProvider.Fault(
        "idTokenNoObject", .refuse,
        summary: "signs a payload that is a list",
        recipe: .idToken { $0.payload = Array("[]".utf8) })

    /// The provider sends an ID token for another access token (at_hash).
    public static let idTokenAccessHashMismatch = HostileProvider.Fault(
        "idTokenAccessHashMismatch", .refuse,
        summary: "sends an ID token for another access token (at_hash)",
        recipe: .claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"))

    /// The provider sends an ID token for another code (c_hash).
    public static let idTokenCodeHashMismatch = HostileProvider.Fault(
        "idTokenCodeHashMismatch", .refuse,
        summary: "sends an ID token for another code (c_hash)",
        recipe: .claim("c_hash", "AAAAAAAAAAAAAAAAAAAAAA"))

    /// The provider sends a logout token in place of the ID token.
    public static let idTokenIsLogoutToken = HostileProvider.Fault(
        "idTokenIsLogoutToken", .refuse,
        summary: "sends a logout token in place of the ID token",
        recipe: .idToken { token in
            token.header["typ"] = "logout+jwt"
            token.claims["events"] = ["http://schemas.openid.net/event/backchannel-logout": [:]]
        })

    /// The provider sends the access token in place of the ID token.
    public static let idTokenIsAccessToken = HostileProvider.Fault(
        "idTokenIsAccessToken", .refuse,
        summary: "sends the access token in place of the ID token",
        recipe: .tokens { $0["id_token"] = $0["access_token"] })

    /// The provider sends no ID token.
    public static let idTokenLeftOut = HostileProvider.Fault(
        "idTokenLeftOut", .refuse,
        summary: "sends no ID token",
        recipe: .tokens { $0["id_token"] = nil })

    /// The provider sends a megabyte of dots in place of the ID token.
    public static let idTokenGarbage = HostileProvider.Fault(
        "idTokenGarbage", .refuse,
        summary: "sends a megabyte of dots in place of the ID token",
        recipe: .tokens { $0["id_token"] = .string(String(repeating: ".", count: 900_000)) })

    /// The provider sends a token of a type that nobody asked for.
    public static let tokenTypeUnknown = HostileProvider.Fault(
        "tokenTypeUnknown", .refuse,
        summary: "sends a token of a type that nobody asked for",
        recipe: .tokens { $0["token_type"] = "mac" })

    /// The provider says that the access token is valid for 1e300 seconds.
    public static let endlessTokenLifetime = HostileProvider.Fault(
        "endlessTokenLifetime", .accept,
        summary: "says that the access token is valid for 1e300 seconds",
        recipe: .tokens { $0["expires_in"] = JSONNumber(text: "1e300").map(JSONValue.number) })

    /// The provider says that the access token is valid for -1 seconds.
    public static let negativeTokenLifetime = HostileProvider.Fault(
        "negativeTokenLifetime", .accept,
        summary: "says that the access token is valid for -1 seconds",
        recipe: .tokens { $0["expires_in"] = -1 })

    /// The provider answers the token request with status 200 and an error.
    public static let errorWithStatus200 = HostileProvider.Fault(
        "errorWithStatus200", .refuse,
        summary: "answers the token request with status 200 and an error",
        recipe: .tokens { $0 = ["error": "invalid_grant"] })
}
