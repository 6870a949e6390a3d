import LoginFlow
import OAuthTypes
import TestSupport
import Testing

/// The cookie of a login that has ended.
@Suite struct EndedLoginTests {
    private func ended(_ path: String) async throws -> (
        OddBrowser, response: String, cookie: (key: String, value: String)
    ) {
        var browser = OddBrowser(app: try OddApp())
        let response = browser.response(await browser.begin(path))
        _ = await browser.open(response)
        let cookie = try #require(browser.cookies.first { $0.key.contains("login.") })
        return (browser, response, cookie)
    }

    @Test func itIsSealed() async throws {
        let (_, _, cookie) = try await ended("/orders")
        #expect(cookie.value.hasPrefix("."))
        #expect(!cookie.value.contains("orders"))
    }

    @Test func aChangedOneIsUnknown() async throws {
        var (browser, response, cookie) = try await ended("/orders")
        for index in cookie.value.indices.dropFirst() {
            var value = cookie.value
            value.replaceSubrange(index...index, with: value[index] == "A" ? "B" : "A")
            browser.cookies[cookie.key] = value
            #expect(await browser.open(response).location != "/orders" || index == cookie.value.indices.last)
        }
    }

    @Test func itCompletesNoLogin() async throws {
        var (browser, response, cookie) = try await ended("/orders")
        browser.cookies = [cookie.key: cookie.value]
        #expect(await browser.open(response).status == 400)
        browser.cookies = [cookie.key: String(cookie.value.dropFirst())]
        #expect(await browser.open(response).status == 400, "and is not read as one in progress")
        #expect(browser.app.provider.count("/token") == 1)
    }

    @Test func itLeadsToNoOtherResponse() async throws {
        var (browser, _, cookie) = try await ended("/orders")
        let other = browser.response(await browser.begin("/login?returnTo=/other"))
        let name = try #require(browser.cookies.keys.first { $0.contains("login.") && $0 != cookie.key })
        browser.cookies[name] = cookie.value
        #expect(await browser.open(other).location == "/", "its seal holds for its own name only")
    }

    /// A head has at most 3,500 octets, so that proxies let it through, and ten cookies of ended logins 4 KiB.
    @Test(arguments: [10, 100, 500, 1_000, 1_900]) func aLongPathFitsOrIsCut(length: Int) async throws {
        let path = "/orders?" + String(repeating: "q", count: length)
        var (browser, response, _) = (OddBrowser(app: try OddApp()), "", "")
        response = browser.response(await browser.begin(path))
        let reply = await browser.open(response)
        #expect(reply.location == path)
        #expect(reply.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } <= 3_500 - 250)
        let again = await browser.open(response)
        #expect(again.location == path || again.location == "/orders")
        if length <= 100 { #expect(again.location == path) }
    }

    @Test func endedLoginsMakeRoomForNewOnes() async throws {
        var browser = OddBrowser(app: try OddApp())
        let waiting = await browser.begin("/waiting")
        browser.app.clock.advance(seconds: 1)
        for _ in 0..<12 {
            await browser.logIn()
            browser.app.clock.advance(seconds: 1)
        }
        #expect(browser.cookies.keys.count { $0.contains("login.") } <= 10)
        #expect(await browser.open(browser.response(waiting)).location == "/waiting", "the oldest login is still there")
    }
}
