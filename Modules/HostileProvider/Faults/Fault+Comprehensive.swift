import DevAuthServer
import OAuthTypes
import WireFormats

// The modules of the comprehensive RP plan that apply to response_type=code and are in no other plan.
extension HostileProvider.Fault {
    static let comprehensive: [HostileProvider.Fault] = [
        idTokenWithoutAudience, tokenInUserInfoHeaderOnly, postedError, idTokenHS256, idTokenES256Invalid,
        aggregatedClaims, distributedClaims, unreadableKey,
    ]

    /// The provider leaves aud out of the ID token.
    public static let idTokenWithoutAudience = HostileProvider.Fault(
        "idTokenWithoutAudience", .refuse, module: "oidcc-client-test-missing-aud",
        summary: "leaves aud out of the ID token",
        recipe: .claim("aud", nil))

    /// The provider takes the access token at the UserInfo endpoint in the Authorization field only.
    public static let tokenInUserInfoHeaderOnly = HostileProvider.Fault(
        "tokenInUserInfoHeaderOnly", .accept, module: "oidcc-client-test-userinfo-bearer-header", at: .userInfo,
        summary: "takes the access token at the UserInfo endpoint in the Authorization field only",
        recipe: Recipe(
            idToken: { token, _ in token.claims = token.claims.withoutProfile },
            answer: { answer, endpoint, scene in
                guard endpoint == .userInfo,
                    scene.request.target.contains("access_token") || !scene.request.body.isEmpty
                else { return }
                answer = .error(400, "invalid_request")
            }))

    /// The provider answers with an error by form_post.
    public static let postedError = HostileProvider.Fault(
        "postedError", .refuse, module: "oidcc-client-test-form-post-error", at: .postedResponse,
        summary: "answers with an error by form_post",
        recipe: .response { fields in
            fields["code"] = nil
            fields["error"] = "login_required"
        })

    /// The provider puts the ID token under a MAC with a secret that is not the client's.
    public static let idTokenHS256 = HostileProvider.Fault(
        "idTokenHS256", .refuse, module: "oidcc-client-test-invalid-sig-hs256",
        summary: "puts the ID token under a MAC with a secret that is not the client's",
        recipe: .idToken { $0.signature = .mac(Array("a secret of 32 octets that is no secret".utf8)) })

    /// The provider signs the ID token with ES256 and a key that it does not publish.
    public static let idTokenES256Invalid = HostileProvider.Fault(
        "idTokenES256Invalid", .refuse, module: "oidcc-client-test-invalid-sig-es256",
        summary: "signs the ID token with ES256 and a key that it does not publish",
        recipe: Recipe(
            metadata: { document, _ in document["id_token_signing_alg_values_supported"] = ["ES256", "RS256"] },
            idToken: { token, _ in token.signature = .curve }))

    /// The provider sends claims of another source inside the UserInfo response.
    public static let aggregatedClaims = HostileProvider.Fault(
        "aggregatedClaims", .accept, module: "oidcc-client-test-aggregated-claims", at: .userInfo,
        summary: "sends claims of another source inside the UserInfo response",
        recipe: .lackingClaims { claims in
            claims["_claim_names"] = ["address": "src1"]
            claims["_claim_sources"] = ["src1": ["JWT": "e30.e30.AA"]]
        })

    /// The provider refers to claims at another address in the UserInfo response.
    public static let distributedClaims = HostileProvider.Fault(
        "distributedClaims", .accept, module: "oidcc-client-test-distributed-claims", at: .userInfo,
        summary: "refers to claims at another address in the UserInfo response",
        recipe: .lackingClaims { claims in
            claims["_claim_names"] = ["credit_score": "src1"]
            claims["_claim_sources"] = [
                "src1": ["endpoint": "https://elsewhere.example/claims", "access_token": "given-by-the-provider"]
            ]
        })

    /// The provider publishes keys that cannot be read beside its own.
    public static let unreadableKey = HostileProvider.Fault(
        "unreadableKey", .accept, module: "oidcc-client-test-ignores-unparseable-key-in-jwks",
        summary: "publishes keys that cannot be read beside its own",
        recipe: Recipe(keys: { keys, _ in
            keys = [["kty": "unknown", "kid": "x"], ["kty": "RSA", "kid": "y", "n": 7], [:]] + keys
        }))
}
