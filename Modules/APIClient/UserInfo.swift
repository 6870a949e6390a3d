public import OAuthTypes
public import WireFormats

/// Claims about the user, from the provider's UserInfo endpoint.
public struct UserInfo: Sendable {
    /// Whom they are about: the subject of the ID token.
    public let subject: SubjectID
    /// All claims, `sub` included.
    public let claims: JSONObject

    /// The text claim `name`, such as `email` or `name`; nil when it is absent or no text.
    public func string(_ name: String) -> String? { claims[name]?.stringValue }
}

/// Why there are no UserInfo claims.
@nonexhaustive
public enum UserInfoError: Error, Sendable, CustomStringConvertible {
    /// The call failed.
    case call(APIClientError)
    /// The endpoint answered with another status than 200.
    case status(Int)
    /// The answer is not `application/json`; signed answers (`application/jwt`) are not read here.
    case contentType
    /// The body is not one strict JSON object.
    case malformed
    /// The claims have no `sub` text.
    case missingSubject
    /// The claims are about somebody else than the ID token.
    case subjectMismatch

    /// The failure in words, without any claim.
    public var description: String {
        switch self {
        case .call(let error): "the UserInfo endpoint could not be asked: \(error)"
        case .status(let status): "the UserInfo endpoint answered \(status)"
        case .contentType: "the UserInfo endpoint did not answer with application/json"
        case .malformed: "the UserInfo endpoint's answer is not a valid JSON object"
        case .missingSubject: "the UserInfo claims have no sub"
        case .subjectMismatch: "the UserInfo claims are about another user than the ID token"
        }
    }
}
