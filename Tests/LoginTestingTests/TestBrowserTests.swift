import DevAuthServer
import LoginFlow
import LoginTesting
import OAuthTypes
import Testing

struct TestBrowserTests {
    @Test func aUserLogsInAtTheProviderAndTheAppCallsAGuardedAPI() async throws {
        let fixture = try Fixture()
        try fixture.guardAPI()
        var browser = try fixture.browser()
        let login = try await browser.open("/orders")
        #expect(login.url.origin == fixture.server.issuer.origin)
        let page = try await browser.logIn(as: Fixture.alice.get())
        #expect(page.url.text == "http://localhost:3000/orders")
        #expect(page.text == "orders of subject-a")
        #expect(browser.exchanges.contains { $0.url.path == "/callback" && $0.status == 303 })
    }

    @Test func aTokenIsRefreshedWhenItIsDue() async throws {
        let fixture = try Fixture()
        try fixture.guardAPI()
        var browser = try fixture.browser()
        try await browser.open("/orders")
        try await browser.logIn(as: Fixture.alice.get())
        try await browser.open("/orders")
        #expect(fixture.count(grant: "refresh_token") == 0)
        fixture.clock.advance(by: .seconds(43_200))
        #expect(try await browser.open("/orders").text == "orders of subject-a")
        #expect(fixture.count(grant: "refresh_token") == 1)
    }

    @Test func aUserWhoDeniesIsNotLoggedIn() async throws {
        let fixture = try Fixture()
        var browser = try fixture.browser()
        try await browser.open("/account")
        let page = try await browser.logIn(as: Fixture.alice.get(), consent: .deny)
        #expect(page.status >= 400)
        #expect(try await browser.open("/").text == "Welcome")
    }

    @Test(arguments: DevLoginOption.allCases)
    func aUserLogsInByEveryOption(_ option: DevLoginOption) async throws {
        let fixture = try Fixture()
        var browser = try fixture.browser()
        try await browser.open("/account")
        let page = try await browser.logIn(as: Fixture.alice.get(), by: option)
        #expect(page.url.text == "http://localhost:3000/account")
        #expect(page.status == 200)
    }

    @Test func aUserLeavesAScopeValueOut() async throws {
        let fixture = try Fixture()
        var browser = try fixture.browser()
        try await browser.open("/account")
        try await browser.logIn(as: Fixture.alice.get(), leavingOut: ["offline_access"])
        fixture.clock.advance(by: .seconds(43_200))
        try await browser.open("/account")
        #expect(fixture.count(grant: "refresh_token") == 0)
        try await browser.open("/logout")
        try await browser.submit("logout")
        try await browser.open("/account")
        await #expect(throws: LoginTestingError.self) {
            try await browser.logIn(as: Fixture.alice.get(), leavingOut: ["openid"])
        }
    }

    @Test func logoutByTheFormEndsBothSessions() async throws {
        let fixture = try Fixture()
        var browser = try fixture.browser()
        try await browser.open("/account")
        try await browser.logIn(as: Fixture.alice.get())
        try await browser.open("/logout")
        #expect(try await browser.submit("logout").text == "Welcome")
        #expect(try await browser.open("/account").forms.first?.id == "login")
    }

    @Test func aFormKeepsTheValuesItCameWith() async throws {
        let fixture = try Fixture()
        var browser = try fixture.browser()
        browser.use(try await TestLogin(fixture.flow).loggedIn(subject: "alice"))
        let page = try await browser.open("/account")
        #expect(page.forms.map(\.id) == ["order"])
        #expect(try await browser.submit().text == "Ordered: tea")
    }

    @Test func aScriptGets401InsteadOfARedirect() async throws {
        let fixture = try Fixture()
        var browser = try fixture.browser()
        #expect(try await browser.send("/account").status == 401)
        browser.use(try await TestLogin(fixture.flow).loggedIn(subject: "alice"))
        #expect(try await browser.send("/account").status == 200)
        #expect(browser.page == nil)
    }

    @Test func aCopyIsABrowserOfItsOwn() async throws {
        let fixture = try Fixture()
        var first = try fixture.browser()
        var second = first
        first.use(try await TestLogin(fixture.flow).loggedIn(subject: "alice"))
        #expect(try await first.open("/x").text == "Hello, alice")
        #expect(try await second.open("/").text == "Welcome")
    }

    @Test func withoutAServerTheBrowserStopsAtTheRedirect() async throws {
        let fixture = try Fixture()
        var browser = try TestBrowser(for: fixture.flow) { [shop = fixture.shop] request in await shop.answer(request) }
        let page = try await browser.open("/account")
        #expect(page.status == 303)
        #expect(page.unfollowed?.origin == fixture.server.issuer.origin)
    }

    @Test func checksSelectionsAndQueriesOfAForm() async throws {
        let page = """
            <form action="found"><input name="q" value="a&amp;b"><input type="checkbox" name="new" value="1">
            <input type="checkbox" name="old" value="1" checked><select name="size"><option>S</option></select>
            <textarea name="note">n</textarea><input type="submit" name="go" value="1"></form>
            """
        let fixture = try Fixture()
        var browser = try TestBrowser(for: fixture.flow) { request in
            let text = request.target == "/shop/search" ? page : "\(request.method) \(request.target)"
            return BrowserReply(status: 200, body: Array(text.utf8))
        }
        try await browser.open("/shop/search")
        let plain = try await browser.submit(pressing: TestButton(name: "go", value: "1"))
        #expect(plain.text == "GET /shop/found?q=a%26b&old=1&go=1")
        try await browser.open("/shop/search")
        let filled = try await browser.submit(filling: ["size": "S", "new": "1", "q": "c"])
        #expect(filled.text == "GET /shop/found?q=c&old=1&size=S&new=1")
    }

    @Test func mistakesOfATestAreNamed() async throws {
        let fixture = try Fixture()
        var browser = try fixture.browser()
        await expect("no page is open") { _ = try await browser.submit() }
        await expect("'account' is no address") { _ = try await browser.open("account") }
        await expect("no handler answers for https://other.example") {
            _ = try await browser.open("https://other.example/")
        }
        try await browser.open("/account")
        await expect("no form with the id 'order'") { _ = try await browser.submit("order") }
        await expect("no field 'user'") { _ = try await browser.submit("login", filling: ["user": "alice"]) }
    }

    @Test func whatTheAppThrowsReachesTheTest() async throws {
        struct BrokenAppError: Error {}
        var browser = try TestBrowser(for: Fixture().flow) { _ in throw BrokenAppError() }
        do {
            try await browser.open("/")
            Issue.record("the app's error should arrive")
        } catch is BrokenAppError {}
    }

    @Test func aRedirectLoopEnds() async throws {
        var browser = try TestBrowser(for: Fixture().flow) { _ in
            BrowserReply(status: 302, fields: [HeaderField("Location", "/")].compactMap(\.self))
        }
        await expect("more than 20 redirects") { _ = try await browser.open("/") }
    }

    private func expect(_ words: String, _ step: () async throws -> Void) async {
        do {
            try await step()
            Issue.record("this should be refused: \(words)")
        } catch { #expect((error as? LoginTestingError)?.description.contains(words) == true) }
    }
}
