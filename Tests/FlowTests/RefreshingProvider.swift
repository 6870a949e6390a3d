import APIClient
import Concurrency
import JOSE
import LoginFlow
import OAuthTypes
import WireFormats

/// What the provider of a fixture answers to refreshes, and whether its keys can be had.
final class RefreshingProvider: Sendable {
    private struct State: Sendable {
        var answer: TransportResponse?
        var change: @Sendable (inout JSONObject) -> Void = { _ in }
        var changeAnswer: @Sendable (inout JSONObject) -> Void = { _ in }
        var keysAreAway = false
        var key: SigningKey?
    }

    private let state = Lock(State())
    private let fixture: FlowFixture

    init(_ fixture: FlowFixture) {
        self.fixture = fixture
        fixture.transport.tamper { [self] request, response throws(TransportError) in
            let state = state.withLock { $0 }
            switch request.url.path {
            case "/jwks" where state.keysAreAway: return TransportResponse(status: 503)
            case "/jwks": return state.key.map { .keys(SigningKey.jwkSet([$0]), response) } ?? response
            case "/token" where request.grant == "refresh_token":
                return state.answer ?? changed(response, state)
            default: return response
            }
        }
    }

    /// Answers refreshes so; nil as the server does.
    func answer(_ response: TransportResponse?) { state.withLock { $0.answer = response } }

    /// Says other things in refreshed ID tokens.
    func changeIDTokens(_ change: @escaping @Sendable (inout JSONObject) -> Void) {
        state.withLock { $0.change = change }
    }

    /// Says other things in answers to refreshes. The ID token's `at_hash` goes, since it may not fit any more.
    func changeAnswers(_ change: @escaping @Sendable (inout JSONObject) -> Void) {
        state.withLock {
            $0.changeAnswer = change
            $0.change = { $0["at_hash"] = nil }
        }
    }

    /// Signs with a new key from now on, and publishes it alone.
    func rotateKey() throws {
        let key = try SigningKey.generate(.rs256)
        state.withLock { $0.key = key }
    }

    func setKeysAway(_ away: Bool) { state.withLock { $0.keysAreAway = away } }

    private func changed(_ response: TransportResponse, _ state: State) -> TransportResponse {
        guard var object = try? JSONReader.object(response.body), let token = object["id_token"]?.stringValue,
            let key = state.key ?? (try? FlowFixture.key.get())
        else { return response }
        var claims = JSONObject(payloadOf: token)
        state.change(&claims)
        let header: JSONObject = ["alg": "RS256", "typ": "JWT", "kid": .string(key.keyID?.text ?? "")]
        let signed = try? key.signed(header: header, payload: JSONWriter.bytes(claims))
        object["id_token"] = signed.map { .string($0.exposedText) }
        state.changeAnswer(&object)
        return TransportResponse(status: response.status, fields: response.fields, body: JSONWriter.bytes(object))
    }
}

extension TransportRequest {
    /// The grant type of a token request.
    var grant: String? {
        try? FormEncoding.decode(String(decoding: body, as: UTF8.self)[...]).onlyValue(named: "grant_type")
    }

    /// What a revocation request names.
    var revokedToken: String? {
        guard url.path == "/revoke" else { return nil }
        return try? FormEncoding.decode(String(decoding: body, as: UTF8.self)[...]).onlyValue(named: "token")
    }
}

extension TransportResponse {
    fileprivate static func keys(_ keys: JSONObject, _ response: TransportResponse) -> TransportResponse {
        TransportResponse(status: 200, fields: response.fields, body: JSONWriter.bytes(keys))
    }
}

extension FlowFixture {
    /// An access token of the session behind a cookie.
    func accessToken(_ cookie: String) async throws -> String {
        try await flow.accessTokens(of: session(cookie)).accessToken().exposedText
    }

    /// What asking for one fails with.
    func tokenFailure(_ cookie: String) async throws -> AccessTokenError? {
        let source = try await flow.accessTokens(of: session(cookie))
        do throws(AccessTokenError) {
            _ = try await source.accessToken()
            return nil
        } catch { return error }
    }

    /// The events of that name, oldest first.
    func events(_ name: String) -> [FlowEvent] { events.events.filter { $0.name == name } }

    var revokedTokens: [String] { transport.requests.compactMap(\.revokedToken) }
}

extension FlowEvent {
    subscript(_ name: String) -> String? { details.first { $0.name == name }?.value }
}
