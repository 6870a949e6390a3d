import DevAuthServer
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct HostileInputTests {
    private static let million = String(repeating: "A", count: 1_000_000)
    private static let paths = [
        "/authorize", "/login", "/code", "/provider", "/consent", "/token", "/revoke", "/userinfo", "/oauth2/logout",
        "/logout", "/jwks", "/",
        "/.well-known/openid-configuration",
    ]

    @Test(arguments: paths)
    func refusesAMillionOctets(_ path: String) async throws {
        let fixture = try Fixture()
        #expect(await fixture.get("\(path)?x=\(Self.million)").status == 413)
        #expect(await fixture.post(path, form: [("x", Self.million)]).status == 413)
        let headers = [("Cookie", Self.million), ("Authorization", Self.million), ("Host", "localhost:3001")]
        #expect(await fixture.get(path, fields: headers).status < 500)
    }

    @Test(arguments: [
        "evil.example", "evil.example:3001", "localhost.evil.example", "localhost:3001/x", "", "a b", "user@localhost",
    ])
    func answersOnLoopbackNamesOnly(_ host: String) async throws {
        #expect(await (try Fixture()).get(Fixture.authorize(), fields: [("Host", host)]).status == 421)
    }

    @Test(arguments: ["localhost:3001", "127.0.0.1:3001", "[::1]:3001"])
    func answersOnEveryLoopbackName(_ host: String) async throws {
        #expect(await (try Fixture()).get("/", fields: [("Host", host)]).status == 200)
    }

    @Test(arguments: paths)
    func refusesOtherMethods(_ path: String) async throws {
        let answer = await (try Fixture()).server.respond(to: DevRequest(.delete, path))
        #expect(answer.status == 405)
        #expect(answer.field("Allow") != nil)
    }

    @Test(arguments: [
        "", "authorize", "http://localhost:3001/", "*", "?", "#", "\u{0}", "/authorize#x", "/AUTHORIZE", "/authorize/",
    ])
    func servesNothingOnStrangeTargets(_ target: String) async throws {
        #expect([400, 404].contains(await (try Fixture()).get(target).status))
    }

    @Test(arguments: ["text/plain", "application/json", "multipart/form-data"])
    func readsFormsOnlyFromForms(_ type: String) async throws {
        let body = FormEncoding.encode(Fixture.codeForm("x").map { FormField(name: $0, value: $1) })
        let fields = [HeaderField("Content-Type", type), Fixture.basic()].compactMap(\.self)
        let request = DevRequest(.post, "/token", fields: fields, body: Array(body.utf8))
        #expect(await (try Fixture()).server.respond(to: request).error == "invalid_request")
    }

    @Test func countsACookieThatComesTwiceAsNone() async throws {
        let fixture = try Fixture()
        var browser = fixture.browser()
        _ = try await fixture.walk(&browser)
        let name = "login_flow_dev_session_3001"
        let value = try #require(browser.cookies["localhost"]?[name])
        let target = Fixture.authorize(["prompt": "none"])
        #expect(
            await fixture.get(target, fields: [("Cookie", "\(name)=\(value)")]).field("Location")?.contains("code=")
                == true)
        let twice = await fixture.get(target, fields: [("Cookie", "\(name)=\(value); \(name)=other")])
        #expect(twice.field("Location")?.contains("login_required") == true)
    }

    /// No request traps, and every response carries the mark of the development server.
    @Test func survivesTenThousandRandomRequests() async throws {
        let fixture = try Fixture()
        var random = SeededRandom(seed: 20_260)
        for _ in 0..<10_000 {
            let answer = await fixture.server.respond(to: Self.request(&random))
            try #require((200...499).contains(answer.status))
            try #require(answer.field("X-Login-Flow-Development") == "true")
            if let location = answer.field("Location") { try #require(location.hasPrefix("http://localhost:")) }
        }
    }

    private static let methods: [HTTPMethod] = [.get, .post, .post, .put]
    private static let seeds: [String] =
        [
            Fixture.authorize(), Fixture.authorize(["prompt": "none"]), "/oauth2/logout?client_id=web-app&state=x",
            "/consent?transaction=x", "/login?transaction=x&account=alice", "/provider?transaction=x",
            "/pictures/1.svg",
        ]
        + paths

    private static func request(_ random: inout SeededRandom) -> DevRequest {
        let target = mangled(Array((seeds.randomElement(using: &random) ?? "/").utf8), using: &random)
        let body = mangled(Array(authorizeBody.utf8), using: &random)
        let noise = String(decoding: random.bytes(count: Int.random(in: 0..<40, using: &random)), as: UTF8.self)
        let fields = [
            HeaderField("Content-Type", "application/x-www-form-urlencoded"),
            HeaderField(
                "Authorization", ["Basic ", "Bearer ", ""].randomElement(using: &random).map { $0 + noise } ?? ""),
            HeaderField("Cookie", "login_flow_dev_session_3001=\(noise)"),
            Bool.random(using: &random) ? Fixture.basic() : nil,
        ]
        return DevRequest(
            methods.randomElement(using: &random) ?? .get, String(decoding: target, as: UTF8.self),
            fields: fields.compactMap(\.self), body: body)
    }

    private static let authorizeBody =
        Fixture.authorize().dropFirst("/authorize?".count)
        + "&grant_type=refresh_token&refresh_token=x&code=x&csrf=x&transaction=x&username=alice&password=x&action=allow&token=x&email=x&account=x&scope.email=on"

    /// Half the inputs stay whole; the others have octets replaced, removed or inserted.
    private static func mangled(_ octets: [UInt8], using random: inout SeededRandom) -> [UInt8] {
        var octets = octets
        for _ in 0..<Int.random(in: 0..<6, using: &random) where Bool.random(using: &random) && !octets.isEmpty {
            let index = Int.random(in: 0..<octets.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: octets[index] = UInt8.random(in: .min ... .max, using: &random)
            case 1: octets.remove(at: index)
            default: octets.insert(contentsOf: random.bytes(count: 3), at: index)
            }
        }
        return octets
    }
}
