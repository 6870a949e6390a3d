import Foundation
import JOSE
import LoginToolCommands
import OAuthTypes
import Synchronization
import WireFormats

/// A provider that exists in this process only.
struct ScriptedProvider: Sendable {
    static let secret = "canary-of-the-client-secret"

    /// The members of its metadata; null removes one.
    var metadata: JSONObject = [:]
    var jwks: String
    /// The value of `Date` in all responses; at the time of the tests by default.
    var fields: [(String, String)] = [("Date", "Thu, 09 Oct 2025 08:53:20 GMT")]
    /// Answers the authorization request; by default as one whose user is not logged in.
    var authorize: @Sendable (EndpointURL) throws(TransportError) -> TransportResponse = {
        (url) throws(TransportError) in
        Self.redirect(to: "https://app.example/callback?error=login_required&state=s")
    }
    /// Fails all requests whose path has this suffix.
    var failing: (suffix: String, reason: TransportError.Reason)?

    // Making an RSA key takes long.
    private static let key = Result { try SigningKey.generate(.rs256) }

    init() throws {
        jwks = JSONValue.object(SigningKey.jwkSet([try Self.key.get()])).text()
    }

    static func redirect(to location: String, status: Int = 302) -> TransportResponse {
        TransportResponse(status: status, fields: [HeaderField("Location", location)].compactMap(\.self))
    }

    static func page(_ status: Int, _ text: String = "") -> TransportResponse {
        TransportResponse(status: status, body: Array(text.utf8))
    }

    private var document: String {
        let base = Session.issuer
        var members: JSONObject = [
            "issuer": .string(base), "authorization_endpoint": .string(base + "/authorize"),
            "token_endpoint": .string(base + "/token"), "jwks_uri": .string(base + "/jwks"),
            "userinfo_endpoint": .string(base + "/me"), "end_session_endpoint": .string(base + "/end"),
            "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256"],
        ]
        for (name, value) in metadata.members { members[name] = value == .null ? Optional.none : value }
        return JSONValue.object(members).text()
    }

    fileprivate func answer(_ request: TransportRequest) throws(TransportError) -> TransportResponse {
        if let failing, request.url.path.hasSuffix(failing.suffix) {
            throw TransportError(failing.reason, sent: .nothing)
        }
        var response: TransportResponse
        switch request.url.path {
        case "/.well-known/openid-configuration": response = Self.page(200, document)
        case "/jwks": response = Self.page(200, jwks)
        default: return try authorize(request.url)
        }
        response.fields = ([("Content-Type", "application/json")] + fields).compactMap { HeaderField($0.0, $0.1) }
        return response
    }
}

/// Answers from a script, and keeps the requests.
private final class ScriptedTransport: HTTPTransport {
    let provider: ScriptedProvider
    private let kept = Mutex<[(request: TransportRequest, limits: TransportLimits)]>([])

    init(_ provider: ScriptedProvider) { self.provider = provider }

    var requests: [TransportRequest] { kept.withLock { $0.map(\.request) } }
    var limits: [TransportLimits] { kept.withLock { $0.map(\.limits) } }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        kept.withLock { $0.append((request, limits)) }
        let response = try provider.answer(request)
        guard response.body.count <= limits.maximumBodyOctets else { throw TransportError(.bodyTooLarge, sent: .maybe) }
        return response
    }
}

/// One examination of a scripted provider.
struct Examination: Sendable {
    struct Finding: Sendable {
        let level, subject, text: String
        let fix: String?
    }

    let status: LoginTool.Status
    let output: String
    let complaint: String
    let requests: [TransportRequest]
    /// The limits of each request.
    let limits: [TransportLimits]

    /// Runs `arguments` on a thread of its own: the program waits for its tasks.
    init(
        _ provider: ScriptedProvider, _ arguments: [String] = ["doctor", "--json"],
        changing changes: [String: String] = [:],
        hasColor: Bool = false
    ) async {
        let variables = [
            "LOGIN_ISSUER": Session.issuer, "LOGIN_CLIENT_ID": Session.clientID,
            "LOGIN_BASE_URL": "https://app.example",
            "LOGIN_CLIENT_SECRET": ScriptedProvider.secret,
            "LOGIN_SESSION_SECRET": String(repeating: "a5", count: 32),
        ].merging(changes) { $1 }
        let transport = ScriptedTransport(provider)
        let surroundings = Surroundings(
            environment: EnvironmentVariables(variables), hasColor: hasColor,
            transport: { _ throws(TransportError) in transport })
        let session = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: Session(arguments, reading: OctetSource { _ in [] }, surroundings: surroundings))
            }
        }
        (status, output, complaint) = (session.status, session.output, session.complaint)
        requests = transport.requests
        limits = transport.limits
    }

    var findings: [Finding] {
        let report = JSONValue(parsing: Array(output.utf8))?.objectValue
        return (report?["findings"]?.arrayValue ?? []).map { value in
            let text = { (name: String) in value.objectValue?[name]?.stringValue }
            return Finding(
                level: text("level") ?? "", subject: text("subject") ?? "", text: text("text") ?? "", fix: text("fix"))
        }
    }

    /// The findings about a subject.
    func about(_ subject: String) -> [Finding] { findings.filter { $0.subject == subject } }
}
