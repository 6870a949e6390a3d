import AuthURL
import CryptoPrimitives
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Authorization responses in the form of a POST (OAuth 2.0 Form Post Response Mode).
@Suite struct FormPostTests {
    /// Another site's POST carries no cookie that is `SameSite=Lax`.
    @Test func aResponseWithoutCookiesIsPostedOnceMoreFromTheAppsOrigin() async throws {
        let fixture = try FlowFixture { $0.responseMode = .formPost }
        let login = try await fixture.returning()
        let page = await fixture.visit("/callback", method: .post, form: login.form)
        #expect(page.status == 200)
        #expect(page.fields.values(named: "Set-Cookie").isEmpty)
        #expect(fixture.transport.count(path: "/token") == 0)
        #expect(fixture.events.refusals.isEmpty)
        let reposted = page.hiddenFields
        #expect(reposted.contains { $0 == ("reposted", "1") })
        let reply = await fixture.visit("/callback", cookie: login.cookie, method: .post, form: reposted)
        #expect(reply.setsSession)
        #expect(reply.status == 303)
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func thePolicyOfThePageAllowsItsScriptAndNoOther() async throws {
        let page = try await FlowFixture().visit("/callback", method: .post, form: [("code", "c"), ("state", "s")])
        let script = "document.currentScript.previousElementSibling.submit()"
        #expect(page.text.contains("</form><script>\(script)</script>"))
        let policy = try #require(page.fields.onlyValue(named: "Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("; script-src 'sha256-\(Base64.encode(SHA2.sha256(Array(script.utf8))))'"))
        #expect(page.fields.values(named: "Cache-Control") == ["no-store"])
        #expect(page.fields.values(named: "Referrer-Policy") == ["no-referrer"])
    }

    @Test func aPageThatPostedAlreadyIsNotShownAgain() async throws {
        let fixture = try FlowFixture()
        let form = [("code", "c"), ("state", "s"), ("reposted", "1")]
        let reply = await fixture.visit("/callback", method: .post, form: form)
        #expect(reply.status == 400)
        #expect(fixture.events.refusals == ["callback_unknown_login"])
    }

    @Test func aProgramGetsNoPageThatPosts() async throws {
        let fixture = try FlowFixture()
        let form = [("code", "c"), ("state", "s")]
        let reply = await fixture.visit("/callback", method: .post, accept: "application/json", form: form)
        #expect(reply.text.contains(#""code":"callback_unknown_login""#))
    }

    /// Apple adds `user`; anyone may add anything.
    @Test func onlyFieldsOfTheResponseAreWrittenOnThePage() async throws {
        let form = [
            ("error", "access_denied"), ("state", "s"), ("error_description", "\"><script>alert(1)</script>"),
            ("user", #"{"name":{"firstName":"Ada"}}"#), ("x\"><script>", "y"),
        ]
        let page = try await FlowFixture().visit("/callback", method: .post, form: form)
        #expect(page.hiddenFields.map(\.0).sorted() == ["error", "error_description", "reposted", "state"])
        #expect(!page.text.contains("<script>alert"))
        #expect(!page.text.contains("firstName"))
    }

    @Test func anErrorByFormPostEndsItsLogin() async throws {
        let fixture = try FlowFixture { $0.responseMode = .formPost }
        let login = try await fixture.returning()
        let form = login.form.filter { $0.0 != "code" } + [("error", "access_denied")]
        let reply = await fixture.visit("/callback", cookie: login.cookie, method: .post, form: form)
        #expect(!reply.setsSession)
        #expect(fixture.events.refusals == ["callback_provider_error"])
        #expect(reply.fields.values(named: "Set-Cookie").count { $0.contains("Max-Age=0") } == 1)
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    @Test func aCodeByFormPostAndInTheQueryIsSentOnce() async throws {
        let fixture = try FlowFixture()
        let login = try await fixture.returning()
        async let posted = fixture.visit("/callback", cookie: login.cookie, method: .post, form: login.form)
        async let queried = fixture.answer(login.request())
        #expect(await [posted.setsSession, queried.setsSession] == [true, true])
        #expect(fixture.transport.count(path: "/token") == 1)
    }

    @Test func theModeIsAskedFor() async throws {
        let fixture = try FlowFixture { $0.responseMode = .formPost }
        let location = await fixture.visit("/private").fields.onlyValue(named: "Location") ?? ""
        #expect(location.contains("response_mode=form_post"))
    }

    /// Many providers ignore `response_mode`, and some answer by POST unasked.
    @Test(arguments: [AuthorizationRequest.ResponseMode.query, .formPost], [HTTPMethod.get, .post])
    func theOtherModeIsAcceptedAndReported(asked: AuthorizationRequest.ResponseMode, method: HTTPMethod) async throws {
        let fixture = try FlowFixture { $0.responseMode = asked }
        let login = try await fixture.returning()
        let reply =
            method == .get
            ? await fixture.answer(login.request())
            : await fixture.visit("/callback", cookie: login.cookie, method: .post, form: login.form)
        #expect(reply.setsSession)
        let told = fixture.events.events.filter { $0.name == "provider.deviation" }.map(\.details)
        let isAsAsked = (asked == .query) == (method == .get)
        #expect(told.filter { $0.contains(.init("member", "response_mode")) }.count == (isAsAsked ? 0 : 1))
    }

    @Test(arguments: ["application/json", "multipart/form-data; boundary=x", "text/plain", nil])
    func anotherMediaTypeIsRefused(type: String?) async throws {
        let fixture = try FlowFixture { $0.responseMode = .formPost }
        let login = try await fixture.returning()
        var request = FlowFixture.request("/callback", cookie: login.cookie, method: .post, form: login.form)
        request.fields.removeAll { $0.isNamed("Content-Type") }
        if let type { request.fields += [HeaderField("Content-Type", type)].compactMap(\.self) }
        let reply = await fixture.answer(request)
        #expect(reply.status == 415)
        #expect(fixture.events.refusals == ["callback_no_form"])
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    @Test(arguments: ["code", "state", "iss", "error"]) func aRepeatedParameterIsRefused(name: String) async throws {
        let fixture = try FlowFixture { $0.responseMode = .formPost }
        let login = try await fixture.returning()
        let form = login.form + [(name, "x"), (name, "y")]
        let reply = await fixture.visit("/callback", cookie: login.cookie, method: .post, form: form)
        #expect(reply.status == 400)
        #expect(fixture.transport.count(path: "/token") == 0)
    }

    @Test func theCodeReachesNoEvent() async throws {
        let fixture = try FlowFixture()
        let form = [("code", "canary-of-the-code"), ("state", "canary-of-the-state")]
        _ = await fixture.visit("/callback", method: .post, form: form)
        _ = await fixture.visit("/callback", method: .post, form: form + [("reposted", "1")])
        #expect(!fixture.events.everything.contains("canary"))
    }
}

extension Returning {
    /// The fields of the response.
    fileprivate var form: [(String, String)] {
        ((try? FormEncoding.decode(target.split(separator: "?").last ?? "")) ?? []).map { ($0.name, $0.value) }
    }
}

extension BrowserReply {
    /// The hidden fields of the page's form, as long as none needs an escape.
    var hiddenFields: [(String, String)] {
        text.split(separator: "<input type=\"hidden\" name=\"").dropFirst().map { part in
            let parts = part.split(separator: "\"", maxSplits: 3, omittingEmptySubsequences: false)
            return (String(parts[0]), String(parts[2]))
        }
    }
}
