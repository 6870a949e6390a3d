import JOSE
import OAuthTypes
import Synchronization
import WireFormats

/// A provider in this process that answers at once. What it does itself is signing one ID token a login.
final class BenchProvider: HTTPTransport {
    static let issuer = "https://shop-example.eu.auth0.com/"

    private let key: SigningKey
    private let keySet, metadata: [UInt8]
    private let nonce = Mutex("")

    init(_ key: SigningKey) {
        self.key = key
        let jwk = key.publicJWK
        let members = ["kty", "kid", "use", "alg", "n", "e"].map { "\"\($0)\":\"\(jwk[$0]?.stringValue ?? "")\"" }
        keySet = Array("{\"keys\":[{\(members.joined(separator: ","))}]}".utf8)
        let endpoints = [
            ("authorization_endpoint", "authorize"), ("token_endpoint", "oauth/token"), ("jwks_uri", "jwks"),
        ]
        let addresses = endpoints.map { "\"\($0)\":\"\(Self.issuer)\($1)\"" }
        metadata = Array(
            "{\"issuer\":\"\(Self.issuer)\",\"id_token_signing_alg_values_supported\":[\"RS256\"],\(addresses.joined(separator: ","))}"
                .utf8)
    }

    /// The nonce of the login that comes next.
    func expect(nonce text: String) { nonce.withLock { $0 = text } }

    /// The token response of a login: signing is nearly all of it.
    func tokens() throws -> [UInt8] {
        let now = WallClock.system.now.seconds
        let claims: JSONObject = [
            "iss": .string(Self.issuer), "sub": "auth0|64f0c1d2e3", "aud": "web-app",
            "nonce": .string(nonce.withLock { $0 }), "iat": .number(JSONNumber(Int(now))),
            "exp": .number(JSONNumber(Int(now) + 3_600)), "name": "Ada Example", "email": "ada@example.com",
            "email_verified": true,
        ]
        let token = try key.signed(type: "JWT", claims: claims).exposedText
        return Array(
            "{\"access_token\":\"opaque-access-token-of-the-login\",\"token_type\":\"Bearer\",\"expires_in\":86400,\"id_token\":\"\(token)\"}"
                .utf8)
    }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        switch request.url.path {
        case "/oauth/token":
            guard let body = try? tokens() else { throw TransportError(.protocolViolation, sent: .maybe) }
            return answer(body)
        case "/jwks": return answer(keySet)
        default: return answer(metadata)
        }
    }

    private func answer(_ body: [UInt8]) -> TransportResponse {
        TransportResponse(
            status: 200, fields: [HeaderField("Content-Type", "application/json")].compactMap(\.self), body: body)
    }
}
