import APIGuard
import CurlTransport
import Discovery
import Hummingbird
import HummingbirdLogin
import JOSE
import OAuthTypes

/// An API for access tokens. It has no login, no sessions and no cookies.
@main
struct App {
    static func main() async throws {
        let variables = EnvironmentVariables.process
        let issuer = try Issuer(variables["LOGIN_ISSUER"] ?? "", allowing: .loopback)
        let transport = try CurlTransport()
        let provider = Discovery(issuer: issuer, transport: transport, clock: .system, allowing: .loopback)
        let keys = RemoteJWKSet(
            try await provider.metadata().jwksURI, of: issuer, transport: transport, clock: .system)
        let verifier = AccessTokenVerifier(
            keys: keys, algorithms: [.rs256], audience: variables["LOGIN_AUDIENCE"] ?? "", profile: .rfc9068)
        let app = Application(
            router: try orders(APIGuard(verifier: verifier, realm: "orders")), server: .boundedHTTP1(),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: variables["PORT"].flatMap { Int($0) } ?? 3002)))
        try await app.runService()
        await transport.shutdown()
    }
}

struct Order: ResponseCodable {
    let item, customer: String
}

func orders<Keys: JWKSetSource>(_ gate: APIGuard<Keys>) throws -> Router<BasicRequestContext> {
    let router = Router()
    router.get("health") { _, _ in "OK" }
    try router.group("orders").requireScope("orders:read", by: gate).get { _, context in
        [Order(item: "tea", customer: context.accessToken.subject.text)]
    }
    try router.group("orders").requireScope("orders:write", by: gate).post { _, _ in HTTPResponse.Status.created }
    return router
}
