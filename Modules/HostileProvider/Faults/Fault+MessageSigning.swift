import OAuthTypes
import WireFormats

// The modules of the FAPI 2.0 message signing plan about signed responses (JARM).
extension HostileProvider.Fault {
    static let messageSigning: [HostileProvider.Fault] = [
        signedResponseWithoutIssuer, signedResponseIssuerMismatch, signedResponseWithoutAudience,
        signedResponseAudienceMismatch, signedResponseWithoutExpiration, signedResponseExpired,
        signedResponseSignatureInvalid, signedResponseUnsigned, signedResponseStateMismatch,
        signedResponseByStranger, signedResponseIsIDToken, signedResponseWithCodeAndError, signedResponseLeftOut,
    ]

    /// The provider leaves iss out of the signed response.
    public static let signedResponseWithoutIssuer = HostileProvider.Fault(
        "signedResponseWithoutIssuer", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-without-iss-fails", at: .signedResponse,
        summary: "leaves iss out of the signed response",
        recipe: .signedResponse { $0.claims["iss"] = nil })

    /// The provider names another issuer in the signed response.
    public static let signedResponseIssuerMismatch = HostileProvider.Fault(
        "signedResponseIssuerMismatch", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-with-invalid-iss-fails", at: .signedResponse,
        summary: "names another issuer in the signed response",
        recipe: .signedResponse { $0.claims["iss"] = "https://elsewhere.example" })

    /// The provider leaves aud out of the signed response.
    public static let signedResponseWithoutAudience = HostileProvider.Fault(
        "signedResponseWithoutAudience", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-without-aud-fails", at: .signedResponse,
        summary: "leaves aud out of the signed response",
        recipe: .signedResponse { $0.claims["aud"] = nil })

    /// The provider names another client in the signed response.
    public static let signedResponseAudienceMismatch = HostileProvider.Fault(
        "signedResponseAudienceMismatch", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-with-invalid-aud-fails", at: .signedResponse,
        summary: "names another client in the signed response",
        recipe: .signedResponse { $0.claims["aud"] = "another-client" })

    /// The provider leaves exp out of the signed response.
    public static let signedResponseWithoutExpiration = HostileProvider.Fault(
        "signedResponseWithoutExpiration", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-without-exp-fails", at: .signedResponse,
        summary: "leaves exp out of the signed response",
        recipe: .signedResponse { $0.claims["exp"] = nil })

    /// The provider sends a signed response that expired ten minutes ago.
    public static let signedResponseExpired = HostileProvider.Fault(
        "signedResponseExpired", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-with-expired-exp-fails", at: .signedResponse,
        summary: "sends a signed response that expired ten minutes ago",
        recipe: Recipe(signedResponse: { token, scene in token.claims["exp"] = .time(scene.now.adding(seconds: -600)) })
    )

    /// The provider flips one bit of the signature of the signed response.
    public static let signedResponseSignatureInvalid = HostileProvider.Fault(
        "signedResponseSignatureInvalid", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-with-invalid-sig-fails", at: .signedResponse,
        summary: "flips one bit of the signature of the signed response",
        recipe: .signedResponse { $0.signature = .broken })

    /// The provider sends the response with alg=none.
    public static let signedResponseUnsigned = HostileProvider.Fault(
        "signedResponseUnsigned", .refuse,
        module: "fapi2-security-profile-final-client-test-ensure-jarm-signature-is-not-none", at: .signedResponse,
        summary: "sends the response with alg=none",
        recipe: .signedResponse { $0.signature = .none })

    /// The provider writes the state of another login into the signed response.
    public static let signedResponseStateMismatch = HostileProvider.Fault(
        "signedResponseStateMismatch", .refuse, at: .signedResponse,
        summary: "writes the state of another login into the signed response",
        recipe: .signedResponse { $0.claims["state"] = "of-another-login" })

    /// The provider signs the response with a key that it does not publish.
    public static let signedResponseByStranger = HostileProvider.Fault(
        "signedResponseByStranger", .refuse, at: .signedResponse,
        summary: "signs the response with a key that it does not publish",
        recipe: .signedResponse { $0.signature = .stranger })

    /// The provider writes claims of an ID token into the signed response.
    public static let signedResponseIsIDToken = HostileProvider.Fault(
        "signedResponseIsIDToken", .refuse, at: .signedResponse,
        summary: "writes claims of an ID token into the signed response",
        recipe: .signedResponse {
            $0.claims["sub"] = "somebody"
            $0.claims["nonce"] = "n"
        })

    /// The provider sends a code and an error in one signed response.
    public static let signedResponseWithCodeAndError = HostileProvider.Fault(
        "signedResponseWithCodeAndError", .refuse, at: .signedResponse,
        summary: "sends a code and an error in one signed response",
        recipe: .signedResponse { $0.claims["error"] = "access_denied" })

    /// The provider answers without a signature where a signed response was asked for.
    public static let signedResponseLeftOut = HostileProvider.Fault(
        "signedResponseLeftOut", .refuse, at: .signedResponse,
        summary: "answers without a signature where a signed response was asked for",
        recipe: Recipe(response: { fields, scene in
            guard let token = fields["response"].flatMap(ForgedToken.init) else { return }
            fields = ["code", "state", "iss"].compactMap { name in
                token.claims[name]?.stringValue.map { FormField(name: name, value: $0) }
            }
        }))
}
