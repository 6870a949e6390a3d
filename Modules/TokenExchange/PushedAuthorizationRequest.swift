public import OAuthTypes
import WireFormats

/// An authorization request that the provider keeps (RFC 9126 §2.2).
public struct PushedAuthorizationRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// Names the request at the authorization endpoint, once. Whoever has it can start this login: it goes to the browser only.
    public let requestURI: String
    /// When the provider forgets it; nil if the server did not say.
    public let expiresAt: UnixTime?
    /// The accepted deviations of the response.
    public let deviations: [ProviderDeviation]

    /// The type alone.
    public var description: String { "PushedAuthorizationRequest" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension TokenEndpoint {
    /// Pushes an authorization request (RFC 9126 §2.1). The client authenticates as at the token endpoint.
    ///
    /// The request is sent once. One that was pushed in vain costs nothing: it expires.
    /// - Parameters:
    ///   - parameters: the parameters of the authorization request; `client_id` is that of this client.
    ///   - endpoint: `pushed_authorization_request_endpoint` of the metadata.
    /// - Throws: `TokenEndpointError`.
    public func push(
        _ parameters: [(name: String, value: String)], to endpoint: EndpointURL
    ) async throws(TokenEndpointError) -> PushedAuthorizationRequest {
        // Most methods name the client themselves, and no parameter may stand there twice (RFC 6749 §3.2).
        let others = parameters.filter { $0.name != "client_id" }
        let answer = try await send(others, to: endpoint, namingClient: true)
        var response = try TokenResponse(answer.response, masking: answer.mask, success: 201)
        return try response.pushedRequest(receivedAt: clock.now)
    }
}

extension TokenResponse {
    // Longer than any name of a request, short enough for every URL.
    private static let longestRequestURI = 2_048

    /// The members of a successful response of the pushed authorization request endpoint.
    mutating func pushedRequest(receivedAt now: UnixTime) throws(TokenEndpointError) -> PushedAuthorizationRequest {
        guard let uri = members["request_uri"]?.stringValue, (1...Self.longestRequestURI).contains(uri.utf8.count),
            uri.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .malformed(.requestURI) }
        let lifetime = lifetime()
        return PushedAuthorizationRequest(
            requestURI: uri, expiresAt: lifetime.map { now.adding(seconds: $0) }, deviations: deviations)
    }
}
