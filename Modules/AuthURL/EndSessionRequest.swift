import CryptoPrimitives
public import OAuthTypes
import WireFormats

/// An end-session request: ends the user's session at the provider (OpenID Connect RP-Initiated Logout §2). Its ID
/// token is never printed.
public struct EndSessionRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// The provider's end-session endpoint.
    public let endpoint: EndpointURL
    /// The parameters in order, to send them as a form: an ID token can make the URL too long.
    public let parameters: [(name: String, value: String)]

    /// Creates a request.
    /// - Parameters:
    ///   - endpoint: the end-session endpoint from the metadata; its own query stays.
    ///   - clientID: the client whose session ends.
    ///   - idTokenHint: the session's ID token, expired or not; without it most providers ask the user.
    ///   - destination: where the provider sends the browser afterwards: a URL registered there. Without it the user
    ///     stays at the provider.
    ///   - state: returned to the destination; see ``isReturn(query:state:)``. Left out if there is no destination.
    public init(
        endSessionEndpoint endpoint: EndpointURL, clientID: ClientID, idTokenHint: RawIDToken? = nil,
        postLogoutRedirectURI destination: EndpointURL? = nil, state: String? = nil
    ) {
        let parameters: [(name: String, value: String?)] = [
            ("id_token_hint", idTokenHint?.exposedText), ("client_id", clientID.text),
            ("post_logout_redirect_uri", destination?.text), ("state", destination == nil ? nil : state),
        ]
        self.endpoint = endpoint
        self.parameters = parameters.compactMap { name, value in value.map { (name, $0) } }
    }

    /// The URL to redirect the browser to. It may hold an ID token.
    public var url: FrontChannelURL {
        FrontChannelURL(adding: parameters.map { FormField(name: $0.name, value: $0.value) }, to: endpoint)
    }

    /// A fresh state: 256 random bits as 43 base64url characters.
    public static func makeState(random: RandomSource) -> String {
        Base64URL.encode(random.bytes(count: 32))
    }

    /// Whether the query of a request to the destination contains `state`, once. The comparison takes constant time.
    public static func isReturn(query: String, state: String) -> Bool {
        guard !state.isEmpty, let returned = try? FormEncoding.decode(query).onlyValue(named: "state") else {
            return false
        }
        return ConstantTime.equal(Array(returned.utf8), Array(state.utf8))
    }

    /// The endpoint alone.
    public var description: String { "EndSessionRequest(\(endpoint.origin))" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
