import JOSE
import LoginFlow
import OAuthTypes
import SessionStore

/// A login did not go as it should, so that its time means nothing.
struct LoginFailedError: Error {
    let status: Int
}

/// An app with sessions in memory.
struct BenchApp {
    let provider: BenchProvider
    let flow: LoginFlow

    init(_ key: SigningKey) throws {
        provider = BenchProvider(key)
        var settings = LoginSettings(
            issuer: try Issuer(BenchProvider.issuer), clientID: try ClientID("web-app"),
            clientSecret: ClientSecret("a-secret-of-the-benchmark"), baseURL: try EndpointURL("https://shop.example"))
        settings.asksUserInfo = false
        flow = try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system),
            environment: LoginFlow.Environment(transport: provider))
    }

    /// Steps 1 and 2: the cookie, and the address that the browser is sent to.
    func begin() async throws -> (cookie: String, location: String) {
        let request = BrowserRequest(
            .get, target: "/login?returnTo=/profile",
            fields: [
                HeaderField("Accept", "text/html"), HeaderField("Sec-Fetch-Mode", "navigate"),
            ].compactMap(\.self))
        let reply = await flow.respond(to: request, on: .login)
        guard let cookie = reply.fields.values(named: "Set-Cookie").first,
            let location = reply.fields.onlyValue(named: "Location")
        else { throw LoginFailedError(status: reply.status) }
        return (String(cookie.prefix { $0 != ";" }), location)
    }

    /// Steps 5 to 8: the session.
    func complete(_ begun: (cookie: String, location: String)) async throws {
        provider.expect(nonce: Self.parameter("nonce", of: begun.location))
        let request = BrowserRequest(
            .get, target: "/callback?code=a-code&state=\(Self.parameter("state", of: begun.location))",
            fields: [HeaderField("Cookie", begun.cookie), HeaderField("Accept", "text/html")].compactMap(\.self))
        let reply = await flow.respond(to: request, on: .callback)
        guard reply.status == 303, reply.fields.onlyValue(named: "Location") == "/profile" else {
            throw LoginFailedError(status: reply.status)
        }
    }

    // Base64url: nothing in it is escaped.
    private static func parameter(_ name: String, of location: String) -> String {
        for pair in location.split(separator: "?").last?.split(separator: "&") ?? [] where pair.hasPrefix(name + "=") {
            return String(pair.dropFirst(name.utf8.count + 1))
        }
        return ""
    }
}
