public import JOSE
public import LoginFlow
public import OAuthTypes

/// Why a test tool cannot do what it was asked for.
@nonexhaustive
public enum LoginTestingError: Error, Sendable {
    /// `LOGIN_ENV` says `production`.
    case production
    /// The subject cannot be a user's identifier.
    case subject(IdentifierError)
    /// ``TestLogin`` writes this claim itself.
    case reservedClaim(name: String)
    /// No key could be made to sign the ID token with.
    case signingKey
    /// An ID token with these claims is refused.
    case claims(TokenValidationError)
    /// The flow began no session, for the same reason for which a real login would have none: `login_denied` when the
    /// app's hook denied it.
    case refused(FlowProblem)
    /// The session began, and the flow does not admit its cookies.
    case notAdmitted
    /// The address is none that a browser could open.
    case address(String)
    /// No handler answers for this origin.
    case noHandler(Origin)
    /// A `Location` that cannot be followed.
    case badLocation
    /// More than 20 redirects for one page.
    case tooManyRedirects
    /// No page is open.
    case noPage
    /// The open page has no form with this ID.
    case noForm(id: String)
    /// The form has no field of this name.
    case noField(name: String)
    /// A browser stops here: the `form-action` of the page's Content-Security-Policy does not list this origin.
    case formBlocked(Origin)
}

extension LoginTestingError: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .production:
            "LOGIN_ENV says production: LoginTesting can log in any user and must not run there; "
                + "leave it out of the program, or unset LOGIN_ENV for the tests"
        case .subject(let error): "the subject is refused: \(error)"
        case .reservedClaim(let name): "TestLogin writes the claim '\(name)' itself; leave it out of the claims"
        case .signingKey: "libcrypto could not generate a key"
        case .claims(let error): "an ID token with these claims is refused: \(error)"
        case .refused(let problem): "the flow began no session: \(problem.code): \(problem.diagnosis)"
        case .notAdmitted: "the session began and is not admitted; is the epoch of cookie sessions in the future?"
        default: browserDescription
        }
    }

    private var browserDescription: String {
        switch self {
        case .address(let text): "'\(text)' is no address; give a path such as /account, or a URL"
        case .noHandler(let origin):
            "no handler answers for \(origin); give the browser the app's base URL and its server"
        case .badLocation: "a redirect leads to a Location that is no URL"
        case .tooManyRedirects: "more than 20 redirects; the page is never reached"
        case .noPage: "no page is open; call open first"
        case .noForm(let id): "the open page has no form with the id '\(id)'"
        case .noField(let name): "the form has no field '\(name)'"
        case .formBlocked(let origin): "the page's form-action does not list \(origin); a browser stops here"
        default: "unknown"
        }
    }
}
