import AuthURL
import OAuthTypes
import WireFormats

/// A form that the user's browser posts: a request to the provider that is too long for a URL, or the provider's response,
/// once more from the app's own origin.
public struct ProviderForm: Sendable {
    /// What the request is for.
    public enum Purpose: Sendable, Hashable {
        /// The user is about to log in there (OpenID Connect Core §3.1.2.1).
        case login
        /// The user was logged out here and is to be logged out there too (RP-Initiated Logout §2).
        case logout
        /// The provider's response came by a POST from its own site (OAuth 2.0 Form Post Response Mode), without the
        /// app's cookies. Posted again from here, it has them.
        case response
    }

    /// What the request is for.
    public let purpose: Purpose
    /// Where the form is posted to.
    public let action: String
    /// The hidden fields in order. They may contain a code or an ID token: never log them.
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

    init(response fields: [FormField], to path: String) {
        purpose = .response
        action = path
        self.fields = fields.map { ($0.name, $0.value) }
    }

    /// A script that posts the form, if it is to go on by itself. Put it unchanged into a `script` element right after the
    /// form: the policy of the page allows this text and no other. The button stays for browsers without scripts.
    public var script: String? {
        purpose == .response ? "document.currentScript.previousElementSibling.submit()" : nil
    }

    /// A heading for the page.
    public var title: String {
        switch purpose {
        case .login: "Go on to the login service"
        case .logout: "You are logged out here"
        case .response: "Coming back from the login service"
        }
    }

    /// The text for the user.
    public var detail: String {
        switch purpose {
        case .login: "You log in there and then come back to this site."
        case .logout: "You may still be logged in at the login service. Continue to be logged out there too."
        case .response: "This page goes on by itself. If it does not, continue by hand."
        }
    }
}

extension ProviderForm: CustomStringConvertible, CustomReflectable {
    /// The purpose alone.
    public var description: String { "ProviderForm(\(purpose))" }

    /// Shows nothing of the hidden fields.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
