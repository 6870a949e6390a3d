public import OAuthTypes
import WireFormats

/// Calls APIs on behalf of a user: adds the access token, to the configured origins only.
///
/// A 401 that calls the token invalid (RFC 6750 §3.1 `invalid_token`), or does not say what is wrong with it, leads to
/// one refresh and one retry, whatever the method: an API that answers 401 has not acted on the request (RFC 9110
/// §15.5.2). A 401 for another reason is an error at once. Nothing else is retried, and no redirect is followed; 429
/// and 503 are returned with ``APIResponse/retryAfter``.
public struct APIClient: Sendable {
    private let origins: Set<Origin>
    private let source: any AccessTokenSource
    private let transport: any HTTPTransport
    private let clock: WallClock
    private let limits: TransportLimits

    /// Creates a client for one user.
    /// - Parameters:
    ///   - origins: where the token may be sent: scheme, host and port must all match.
    ///   - source: the user's tokens.
    ///   - transport: performs the exchanges.
    ///   - clock: dates in `Retry-After` are measured against it.
    ///   - limits: limits of one exchange with the API.
    public init(
        origins: [Origin], source: any AccessTokenSource, transport: any HTTPTransport, clock: WallClock = .system,
        limits: TransportLimits = TransportLimits()
    ) {
        self.origins = Set(origins)
        self.source = source
        self.transport = transport
        self.clock = clock
        self.limits = limits
    }

    /// Sends `request` with the user's token.
    /// - Returns: the response, whatever its status except 401.
    /// - Throws: ``APIClientError``.
    public func send(_ request: APIRequest) async throws(APIClientError) -> APIResponse {
        try check(request)
        let token = try await token()
        let first = try await call(request, with: token)
        guard first.status == 401 else { return first }
        guard first.mayBeAboutTheToken, let other = try await replacement(for: token)
        else { throw APIClient.unauthorized(first) }
        let second = try await call(request, with: other)
        guard second.status != 401 else { throw APIClient.unauthorized(second) }
        return second
    }

    private func check(_ request: APIRequest) throws(APIClientError) {
        guard origins.contains(request.url.origin) else { throw .originNotAllowed(request.url.origin) }
        for name in ["Authorization", "Host", "Content-Length", "Transfer-Encoding", "Connection"] {
            guard request.fields.values(named: name).isEmpty else { throw .reserved(name: name) }
        }
        // RFC 6750 §2: one way of presenting a token per request, and never the query.
        guard !APIClient.hasTokenInQuery(request.url) else { throw .reserved(name: "access_token") }
    }

    private static func hasTokenInQuery(_ url: EndpointURL) -> Bool {
        guard let query = url.query else { return false }
        return query.split(separator: "&").contains { pair in
            PercentEncoding.decode(pair.prefix { $0 != "=" }) == "access_token"
        }
    }

    private func token() async throws(APIClientError) -> AccessToken {
        do { return try await source.accessToken() } catch { throw .token(error) }
    }

    private func replacement(for refused: AccessToken) async throws(APIClientError) -> AccessToken? {
        do { return try await source.replacement(for: refused) } catch { throw .token(error) }
    }

    private func call(_ request: APIRequest, with token: AccessToken) async throws(APIClientError) -> APIResponse {
        guard token.isWellFormed, let field = HeaderField("Authorization", "Bearer " + token.exposedText)
        else { throw .malformedToken }
        let isSafe = [.get, .head, .options].contains(request.method)
        let outgoing = TransportRequest(
            request.method, request.url, fields: request.fields + [field], body: request.body,
            replay: isSafe ? .idempotent : .never)
        do { return APIResponse(try await transport.send(outgoing, within: limits), at: clock.now) } catch {
            throw .transport(error)
        }
    }

    // The description is left out, and so is an invalid code: an API may repeat the token in either.
    private static func unauthorized(_ response: APIResponse) -> APIClientError {
        let challenge = response.challenge
        let code = challenge?.error.flatMap { code in
            code.text.utf8.count <= 40 && code.text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
                ? code : nil
        }
        return .unauthorized(error: code, scope: challenge?.scope)
    }
}
