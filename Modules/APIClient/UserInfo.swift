public import OAuthTypes
public import WireFormats

/// Claims about the user, from the provider's UserInfo endpoint.
public struct UserInfo: Sendable {
    /// Whom they are about: the subject of the ID token.
    public let subject: SubjectID
    /// All claims, `sub` included.
    public let claims: JSONObject
    /// What in the answer departed from the standards and was read all the same.
    public let deviations: [ProviderDeviation]

    /// The text claim `name`, such as `email` or `name`; nil when it is absent or no text.
    public func string(_ name: String) -> String? { claims[name]?.stringValue }
}

/// Why there are no UserInfo claims.
@nonexhaustive
public enum UserInfoError: Error, Sendable, CustomStringConvertible {
    /// The call failed.
    case call(APIClientError)
    /// The endpoint answered with a status that brings no claims.
    case status(Int)
    /// The answer is signed or encrypted (`application/jwt`), which is not read here.
    case signed
    /// The answer is neither `application/json` nor a JSON object of another media type, but this: at most 64 octets,
    /// empty when the server named no type.
    case contentType(String)
    /// The body is not one strict JSON object.
    case malformed
    /// The claims have no `sub`.
    case missingSubject
    /// The claims have a `sub` that is no text but this kind of JSON value, such as `number`.
    case subjectType(String)
    /// The claims are about somebody else than the ID token.
    case subjectMismatch

    /// The failure in words, without any claim.
    public var description: String {
        switch self {
        case .call(let error): "the UserInfo endpoint could not be asked: \(error)"
        case .status(let status): "the UserInfo endpoint answered \(status)"
        case .signed:
            "the UserInfo endpoint answered with a JWT (application/jwt), which is not read here. At the provider, "
                + "register the app without userinfo_signed_response_alg and userinfo_encrypted_response_alg"
        case .contentType(let type): "the UserInfo endpoint answered '\(type)' instead of application/json"
        case .malformed: "the UserInfo endpoint's answer is not a valid JSON object"
        case .missingSubject: "the UserInfo claims have no sub"
        case .subjectType(let kind):
            "the UserInfo claims have a sub that is a JSON \(kind) and must be a text (OpenID Connect Core §5.3.2)"
        case .subjectMismatch: "the UserInfo claims are about another user than the ID token"
        }
    }
}
