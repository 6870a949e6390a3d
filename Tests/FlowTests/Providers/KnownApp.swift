import APIClient
import JOSE
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing
import WireFormats

/// An app at a known provider, whose answers a test makes.
enum KnownApp {
    static let secret = "0123456789abcdef0123456789abcdef"

    static func settings(_ provider: KnownProvider, secret: String = secret) throws -> LoginSettings {
        try LoginSettings(
            at: provider, clientID: ClientID("web-app"), clientSecret: ClientSecret(secret),
            baseURL: EndpointURL("https://app.example"))
    }

    /// The app, with metadata below the provider's own issuer.
    static func open(
        _ provider: KnownProvider, secret: String = secret, hooks: any LoginHooks = NoHooks(),
        cookies: CookieSessions? = nil, bend: (inout OddProvider.Bends) -> Void = { _ in },
        configure: (inout LoginSettings) throws -> Void = { _ in }
    ) throws -> OddApp {
        let settings = try settings(provider, secret: secret)
        let issuer = settings.issuer
        let address =
            if case .document(let address, _) = settings.provider { address } else { try issuer.configurationURL() }
        return try OddApp(
            secret: secret, hooks: hooks, cookies: cookies,
            bend: {
                $0.metadataPath = address.path
                $0.metadata = { $0 = metadata(of: issuer.text, at: issuer.origin) }
                $0.claims = { $0["iss"] = .string(issuer.text) }
                bend(&$0)
            },
            configure: {
                $0 = settings
                try configure(&$0)
            })
    }

    static func metadata(of issuer: String, at origin: Origin) -> JSONObject {
        [
            "issuer": .string(issuer), "authorization_endpoint": .string("\(origin)/authorize"),
            "token_endpoint": .string("\(origin)/token"), "jwks_uri": .string("\(origin)/jwks"),
            "userinfo_endpoint": .string("\(origin)/userinfo"), "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        ]
    }

    /// The faults of a provider's arguments, as `setting: problem`.
    static func faults(_ provider: KnownProvider) -> [String] {
        do {
            _ = try settings(provider)
            return []
        } catch let error as SettingsError {
            return error.faults.map { "\($0.setting): \($0.problem)" }
        } catch { return ["\(error)"] }
    }
}

extension OddProvider.Bends {
    /// Changes claims after what is changed already.
    mutating func also(_ change: @escaping @Sendable (inout JSONObject) -> Void) {
        let before = claims
        claims = {
            before(&$0)
            change(&$0)
        }
    }

    /// Changes metadata after what is changed already.
    mutating func alsoInMetadata(_ change: @escaping @Sendable (inout JSONObject) -> Void) {
        let before = metadata
        metadata = {
            before(&$0)
            change(&$0)
        }
    }
}

extension OddApp {
    /// The cookies of a new session.
    func loggedIn() async -> String { await logIn().cookies.joined(separator: "; ") }

    /// What a refresh of the session comes to, an hour later.
    func refresh(_ cookie: String) async throws -> String? {
        clock.advance(seconds: 3_600)
        let request = FlowFixture.request("/profile", cookie: cookie)
        guard case .session(let session, _) = await flow.admit(request, requiring: .none) else { return "no session" }
        do {
            _ = try await flow.accessTokens(of: session).accessToken()
            return nil
        } catch { return details("refresh.id_token_refused").last?["code"] ?? "\(error)" }
    }

    /// Where the logout of a session leads.
    func logout(_ cookie: String) async throws -> String {
        let request = FlowFixture.request("/profile", cookie: cookie)
        guard case .session(let session, _) = await flow.admit(request, requiring: .none) else { return "no session" }
        let form = FlowFixture.request(
            "/logout", cookie: cookie, method: .post, form: [("csrf_token", session.csrfToken)])
        return await flow.respond(to: form, on: .logout).location ?? ""
    }

    /// The browser comes back by a form that the app's own page posts again.
    func comeBackByForm(_ login: Begun, adding fields: [(String, String)]) async -> BrowserReply {
        provider.remember(nonce: login.parameter("nonce") ?? "")
        let form = [("code", "c0de"), ("state", login.parameter("state") ?? "")] + fields
        let request = FlowFixture.request("/callback", cookie: login.cookie, method: .post, form: form)
        return await flow.respond(to: request, on: .callback)
    }
}
