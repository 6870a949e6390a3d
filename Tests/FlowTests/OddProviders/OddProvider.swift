import Concurrency
import JOSE
import OAuthTypes
import TestSupport
import WireFormats

/// A provider every answer of which a test can bend. It has no pages: its user comes back at once.
final class OddProvider: HTTPTransport {
    static let issuer = "https://op.example"
    static let rsa = Result { try SigningKey.generate(.rs256) }

    /// What departs from an ordinary provider.
    struct Bends: Sendable {
        var metadataPath = "/.well-known/openid-configuration"
        var metadata: @Sendable (inout JSONObject) -> Void = { _ in }
        /// What signs; nil: the provider's RSA key.
        var signer: (@Sendable (JSONObject) throws -> CompactJWS)?
        /// What is published where; nil: the RSA key at `/jwks`.
        var keys: [String: TransportResponse] = [:]
        /// What fails on its way.
        var failures: [String: TransportError.Reason] = [:]
        /// What is not even sent.
        var unsent: Set<String> = []
        var claims: @Sendable (inout JSONObject) -> Void = { _ in }
        var tokens: @Sendable (inout JSONObject) -> Void = { _ in }
        /// Instead of tokens.
        var tokenAnswer: TransportResponse?
        var userInfo: TransportResponse = .json(
            #"{"sub":"subject-a","name":"Alice","email":"alice@op.example","email_verified":true}"#)
    }

    private struct State {
        var bends = Bends()
        var nonce = ""
        var requests: [TransportRequest] = []
    }

    private let state = Lock(State())
    private let clock: ManualClock

    init(clock: ManualClock) { self.clock = clock }

    var requests: [TransportRequest] { state.withLock { $0.requests } }

    func count(_ path: String) -> Int { requests.count { $0.url.path == path } }

    /// The form of the last request to the token endpoint.
    var lastTokenForm: String {
        requests.last { $0.url.path == "/token" }.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
    }

    func bend(_ change: (inout Bends) -> Void) { state.withLock { change(&$0.bends) } }

    /// The nonce of the login that comes next.
    func remember(nonce: String) { state.withLock { $0.nonce = nonce } }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let (bends, nonce) = state.withLock { state in
            state.requests.append(request)
            return (state.bends, state.nonce)
        }
        if bends.unsent.contains(request.url.path) { throw TransportError(.connectionFailed, sent: .nothing) }
        if let reason = bends.failures[request.url.path] { throw TransportError(reason, sent: .maybe) }
        if let keys = bends.keys[request.url.path] { return keys }
        switch request.url.path {
        case bends.metadataPath: return metadata(bends)
        case "/jwks": return (try? .json(SigningKey.jwkSet([OddProvider.rsa.get()]))) ?? .json("{}", status: 500)
        case "/token": return bends.tokenAnswer ?? tokens(bends, nonce)
        case "/userinfo": return bends.userInfo
        default: return TransportResponse(status: 404)
        }
    }

    private func metadata(_ bends: Bends) -> TransportResponse {
        let base = OddProvider.issuer
        var metadata: JSONObject = [
            "issuer": .string(base), "authorization_endpoint": .string(base + "/authorize"),
            "token_endpoint": .string(base + "/token"), "jwks_uri": .string(base + "/jwks"),
            "userinfo_endpoint": .string(base + "/userinfo"), "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        ]
        bends.metadata(&metadata)
        return .json(metadata)
    }

    private func tokens(_ bends: Bends, _ nonce: String) -> TransportResponse {
        let now = clock.now.seconds
        var claims: JSONObject = [
            "iss": .string(OddProvider.issuer), "sub": "subject-a", "aud": "web-app", "nonce": .string(nonce),
            "iat": .number(JSONNumber(Int(now))), "exp": .number(JSONNumber(Int(now + 300))),
        ]
        bends.claims(&claims)
        let signer = bends.signer ?? { try OddProvider.rsa.get().signed(type: "JWT", claims: $0) }
        var tokens: JSONObject = [
            "access_token": "access-1", "token_type": "Bearer", "expires_in": 600, "refresh_token": "refresh-1",
        ]
        tokens["id_token"] = (try? signer(claims)).map { .string($0.exposedText) }
        bends.tokens(&tokens)
        return .json(tokens)
    }
}

extension TransportResponse {
    static func json(_ object: JSONObject) -> TransportResponse { .json(JSONWriter.bytes(object)) }
}
