import APIGuard
import DevAuthServer
import JOSE
import OAuthTypes

/// The API. It requires an access token of the right issuer, for this API and with the right scope.
struct DemoAPI: Sendable {
    private let guardian: APIGuard<RemoteJWKSet>
    private let scope: Scope

    init(_ server: DevAuthServer, audience: String) throws {
        let keys = RemoteJWKSet(
            try EndpointURL("\(server.issuer)/jwks", allowing: .loopback), of: server.issuer,
            transport: server.transport, clock: .system)
        guardian = APIGuard(
            verifier: AccessTokenVerifier(
                keys: keys, algorithms: [.rs256], audience: audience, profile: .rfc9068))
        scope = try Scope("read:demo")
    }

    func answer(_ request: TransportRequest) async -> TransportResponse {
        let credentials = request.fields.values(named: "Authorization")
        switch await guardian.authorize(authorization: credentials, requiring: scope, at: WallClock.system.now) {
        case .failure(let refusal): return TransportResponse(status: refusal.status, fields: refusal.fields)
        case .success(let claims):
            return TransportResponse(status: 200, body: Array(#"{"data":42,"for":"\#(claims.subject)"}"#.utf8))
        }
    }
}

/// Passes requests to the authorization server and the API without a network.
struct InProcess: HTTPTransport {
    let server: DevAuthServer
    let api: DemoAPI

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        guard request.url.origin.port == 3002 else { return try await server.transport.send(request, within: limits) }
        return await api.answer(request)
    }
}
