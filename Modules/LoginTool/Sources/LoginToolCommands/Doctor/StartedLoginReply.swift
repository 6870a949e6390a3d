import AuthURL
import LoginFlow
import OAuthTypes
import SessionStore

/// What an app with these settings answers to the first request of a login: the flow itself is asked, with random keys,
/// a made-up client secret and `prompt=none`. Nothing is sent.
struct StartedLoginReply: Sendable {
    let reply: BrowserReply?
    let redirectURI: String
    /// Why no login can begin.
    let fault: String?

    init(_ settings: DoctorSettings, metadata: ProviderMetadata?, clock: WallClock) async {
        let origin = "\(settings.baseURL.origin)"
        redirectURI = origin + settings.login.routes.callback
        guard let metadata else {
            (reply, fault) = (nil, "the issuer leads to no address")
            return
        }
        var login = settings.login
        login.provider = .fixed(metadata)
        login.prompt = [.none]
        do {
            let flow = try Self.flow(login, cookies: settings.cookieSessions, clock: clock)
            let reply = await flow.respond(to: BrowserRequest(.get, target: login.routes.login), on: .login)
            self.reply = reply
            fault = reply.status == 303 ? nil : String(decoding: reply.body.prefix(600), as: UTF8.self)
        } catch { (reply, fault) = (nil, "\(error)") }
    }

    /// The authorization request.
    var location: String? { fault == nil ? reply?.fields.onlyValue(named: "Location") : nil }

    private static func flow(
        _ settings: LoginSettings, cookies: Int?, clock: WallClock
    ) throws(SettingsError) -> LoginFlow {
        var environment = LoginFlow.Environment(transport: NoTransport())
        environment.clock = clock
        environment.pages = LoginPages { page in
            guard case .problem(let problem) = page else { return Array("the request needs a form".utf8) }
            return Array(problem.diagnosis.utf8)
        }
        let ring = SealingKeyRing(SealingKeys(generatedBy: .system))
        guard let cookies else {
            return try LoginFlow(settings, store: MemorySessionStore(), ring: ring, environment: environment)
        }
        let sessions = CookieSessions(epoch: RevocationEpoch(.distantPast), maximumCookies: cookies)
        return try LoginFlow(settings, cookies: sessions, ring: ring, environment: environment)
    }
}

/// Sends nothing.
private struct NoTransport: HTTPTransport {
    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        throw TransportError(.unavailable, sent: .nothing)
    }
}
