import DevAuthServer
import LoginFlow
import OAuthTypes
import SessionStore
import TestSupport
import Testing

/// Requests that come to the flow's paths in another form than a browser's own.
@Suite struct MethodTests {
    /// Varnish and other caches turn HEAD into GET and back.
    @Test(arguments: ["/login", "/login?returnTo=/private", "/callback?code=c&state=s"])
    func aHeadBeginsNothing(target: String) async throws {
        let fixture = try FlowFixture()
        let reply = await fixture.visit(target, method: .head)
        #expect(reply.status == 200)
        #expect(reply.body.isEmpty)
        #expect(reply.fields.values(named: "Set-Cookie").isEmpty)
        #expect(fixture.transport.requests.isEmpty)
        #expect(fixture.events.events.isEmpty)
    }

    @Test func aHeadOfTheCallbackCompletesNothing() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        #expect(await fixture.answer(login.request(method: .head)).status == 200)
        #expect(fixture.transport.count(path: "/token") == 0)
        #expect(await fixture.answer(login.request()).setsSession)
    }

    @Test func aHeadOfThePageThatAsksIsItsGetWithoutTheBody() async throws {
        let fixture = try FlowFixture()
        let cookie = try await fixture.loggedIn()
        let get = await fixture.visit("/logout", cookie: cookie)
        let head = await fixture.visit("/logout", cookie: cookie, method: .head)
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.fields.filter { !$0.isNamed("Content-Length") } == get.fields)
        #expect(head.fields.values(named: "Content-Length") == [String(get.body.count)])
        #expect(await fixture.visit("/", cookie: cookie).text == "user subject-a")
    }

    @Test(arguments: ["/login", "/callback", "/logout"]) func anotherMethodGetsAPageAndAnEvent(target: String)
        async throws
    {
        let fixture = try FlowFixture()
        let reply = await fixture.visit(target, method: .put, form: [("a", "b")])
        #expect(reply.status == 405)
        #expect(reply.text.contains("<h1>"))
        #expect(fixture.events.refusals == ["method_refused"])
        #expect(fixture.events.everything.contains("PUT"))
    }

    @Test func aProgramIsToldInJSON() async throws {
        let fixture = try FlowFixture()
        let reply = await fixture.visit("/callback", method: .put, accept: "application/json", form: [("code", "c")])
        #expect(reply.status == 405)
        #expect(reply.text.contains(#""code":"method_refused""#))
    }
}
