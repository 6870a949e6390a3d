import AuthURL
import OAuthTypes
import WireFormats

/// A request to the provider that the user's browser posts, because it is too long for a URL.
public struct ProviderForm: Sendable {
    /// What the request is for.
    public enum Purpose: Sendable, Hashable {
        /// The user is about to log in there (OpenID Connect Core §3.1.2.1).
        case login
        /// The user was logged out here and is to be logged out there too (RP-Initiated Logout §2).
        case logout
    }

    /// What the request is for.
    public let purpose: Purpose
    /// Where the form is posted to.
    public let action: String
    /// The hidden fields in order. They may contain an ID token: never log them.
    public let fields: [(name: String, value: String)]

    init(_ started: StartedLogin) {
        purpose = .login
        action = started.endpoint.text
        fields = started.parameters.map { ($0.name, $0.value) }
    }

    init(_ logout: EndSessionRequest) {
        purpose = .logout
        action = logout.endpoint.text
        fields = logout.parameters
    }

    /// A heading for the page.
    public var title: String {
        switch purpose {
        case .login: "Go on to the login service"
        case .logout: "You are logged out here"
        }
    }

    /// The text for the user.
    public var detail: String {
        switch purpose {
        case .login: "You log in there and then come back to this site."
        case .logout: "You may still be logged in at the login service. Continue to be logged out there too."
        }
    }
}

extension ProviderForm: CustomStringConvertible, CustomReflectable {
    /// The purpose alone.
    public var description: String { "ProviderForm(\(purpose))" }

    /// Shows nothing of the hidden fields.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
