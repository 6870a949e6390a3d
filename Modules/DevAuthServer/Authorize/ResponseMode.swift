/// How the authorization response comes to the app.
///
/// Sources: OAuth 2.0 Multiple Response Type Encoding Practices §2.1, OAuth 2.0 Form Post Response Mode §2, JWT Secured
/// Authorization Response Mode §2.3.
enum ResponseMode: String, Sendable, CaseIterable {
    case query
    case formPost = "form_post"
    case queryJWT = "query.jwt"
    case formPostJWT = "form_post.jwt"
    /// For response_type=code the same as `query.jwt`.
    case jwt

    var isSigned: Bool {
        switch self {
        case .query, .formPost: false
        case .queryJWT, .formPostJWT, .jwt: true
        }
    }

    var isPosted: Bool { self == .formPost || self == .formPostJWT }
}
