public import OAuthTypes
import WireFormats

/// The provider's endpoint for claims about the user (OpenID Connect Core §5.3).
public struct UserInfoEndpoint: Sendable {
    private let url: EndpointURL
    private let transport: any HTTPTransport
    private let clock: WallClock
    private let limits: TransportLimits

    /// The endpoint at `url`, the metadata's `userinfo_endpoint`.
    public init(
        url: EndpointURL, transport: any HTTPTransport, clock: WallClock = .system,
        limits: TransportLimits = TransportLimits()
    ) {
        self.url = url
        self.transport = transport
        self.clock = clock
        self.limits = limits
    }

    /// Fetches the claims of the user whose token `source` hands out.
    /// - Parameters:
    ///   - source: the user's tokens.
    ///   - subject: the `sub` of the verified ID token. Claims of anybody else are refused (Core §5.3.2), because an
    ///     access token may have been swapped.
    /// - Throws: ``UserInfoError``.
    public func fetch(
        with source: any AccessTokenSource, expecting subject: SubjectID
    ) async throws(UserInfoError) -> UserInfo {
        let response = try await get(with: source)
        guard response.status == 200 else { throw .status(response.status) }
        guard MediaType.isJSON(response.fields) else { throw .contentType }
        guard let claims = try? JSONReader.object(response.body) else { throw .malformed }
        guard let found = claims["sub"]?.stringValue else { throw .missingSubject }
        // Octet by octet: Swift's == also takes canonically equivalent texts for equal.
        guard found.utf8.elementsEqual(subject.text.utf8) else { throw .subjectMismatch }
        return UserInfo(subject: subject, claims: claims)
    }

    private func get(with source: any AccessTokenSource) async throws(UserInfoError) -> APIResponse {
        let client = APIClient(
            origins: [url.origin], source: source, transport: transport, clock: clock, limits: limits)
        let accept = HeaderField(literal: "Accept", "application/json")
        do { return try await client.send(APIRequest(.get, url, fields: [accept])) } catch { throw .call(error) }
    }
}
