import DevAuthServer
import Foundation
import GermanPages
import LoginFlow
import LoginTesting
import OAuthTypes
import SessionStore
import Testing

/// No text of the flow's own pages stays English.
struct GermanPagesTests {
    /// Every problem of the flow: the gate keeps this guide equal to the code.
    static let problems: [ListedProblem] = {
        let guide = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Guides/Problems.md")
        let text = (try? String(contentsOf: guide.standardized, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { ListedProblem(row: String($0)) }
    }()

    private let server: DevAuthServer
    private let clientSecret = ClientSecret("a secret of the tests")

    init() throws {
        let local = { (text: String) in try EndpointURL("http://localhost:3000" + text, allowing: .loopback) }
        let client = DevClient(
            id: try ClientID("app"), name: "App", secret: clientSecret, redirectURIs: [try local("/callback")],
            postLogoutRedirectURIs: [try local("/")])
        server = try DevAuthServer(
            issuer: try Issuer("http://localhost:3001", allowing: .loopback), clients: [client],
            accounts: DevAccount.samples(random: .system), apiAudience: "https://api.example", environment: nil)
    }

    @Test func theGuideListsProblems() {
        #expect(Self.problems.count > 50)
    }

    @Test(arguments: problems)
    func aProblemShowsNoEnglishText(_ listed: ListedProblem) throws {
        let page = try page(of: listed.problem(title: "an English title", detail: "an English detail"))
        #expect(page.contains(#"<html lang="de">"#))
        #expect(!page.contains("an English title"))
        // The reason for a denied login is the app's own text.
        #expect(page.contains("an English detail") == (listed.code == "login_denied"))
        #expect(page.contains("reference-1"))
    }

    @Test func differentTitlesStayDifferent() throws {
        let titles = try Self.problems.map { try title(of: page(of: $0.problem(title: $0.title, detail: ""))) }
        let translated = Dictionary(zip(Self.problems.map(\.title), titles).map { ($0, Set([$1])) }) { $0.union($1) }
        for (english, german) in translated { #expect(german.count == 1, "\(english): \(german.sorted())") }
        #expect(Set(titles).count == translated.count)
    }

    /// What visitors can open, in the order of their visit.
    @Test func otherPagesShareNoTextWithThePlainOnes() async throws {
        let german = try await visited(GermanPages.pages), plain = try await visited(.plain)
        #expect(german.count == 5 && plain.count == 5)
        for (page, other) in zip(german, plain) {
            #expect(page.contains(#"<html lang="de">"#))
            #expect(!visibleTexts(other).isEmpty)
            #expect(visibleTexts(page).isDisjoint(with: visibleTexts(other)))
        }
    }

    /// The logout's question, its end at a provider by a form, a logout without a session, a login by a form, and its
    /// response by a form.
    private func visited(_ pages: LoginPages) async throws -> [String] {
        let flow = try flow(pages)
        let long = String(repeating: "a", count: 5_000)
        let alice = try await TestLogin(flow).loggedIn(subject: "alice", claims: ["note": .string(long)])
        let csrf: KeyValuePairs = ["csrf_token": alice.session.csrfToken]
        let visitor = BrowserRequest(.get, target: "/logout")
        let login = BrowserRequest(
            .get, target: "/login", fields: [HeaderField("Accept", "text/html")].compactMap(\.self))
        var response = BrowserRequest(
            .post, target: "/callback",
            fields: [HeaderField("Content-Type", "application/x-www-form-urlencoded")].compactMap(\.self))
        response.body = Array("code=abc&state=def".utf8)
        return [
            await flow.respond(to: alice.request("/logout"), on: .logout),
            await flow.respond(to: alice.request("/logout", method: .post, form: csrf), on: .logout),
            await flow.respond(to: visitor, on: .logout), await flow.respond(to: login, on: .login),
            await flow.respond(to: response, on: .callback),
        ].map { String(decoding: $0.body, as: UTF8.self) }
    }

    private func flow(_ pages: LoginPages) throws -> LoginFlow {
        var settings = LoginSettings(
            issuer: server.issuer, clientID: try ClientID("app"), clientSecret: clientSecret,
            baseURL: try EndpointURL("http://localhost:3000", allowing: .loopback))
        settings.plaintext = .loopback
        var environment = LoginFlow.Environment(transport: TestTransport(server: server))
        environment.pages = pages
        environment.hooks = LongRequests()
        return try LoginFlow(
            settings, store: MemorySessionStore(), keys: SealingKeys(generatedBy: .system), environment: environment)
    }

    private func page(of problem: FlowProblem) throws -> String {
        let reply = try flow(GermanPages.pages).reply(to: BrowserRequest(.get, target: "/"), refusing: problem)
        return String(decoding: reply.body, as: UTF8.self)
    }

    private func title(of page: String) throws -> String {
        try String(#require(page.firstMatch(of: /<h1>(.*?)<\/h1>/)).1)
    }

    private func visibleTexts(_ page: String) -> Set<String> {
        Set(
            page.split(separator: /<script>.*?<\/script>|<[^>]*>/).map {
                $0.trimmingCharacters(in: .whitespacesAndNewlines)
            }.filter {
                !$0.isEmpty
            })
    }
}
