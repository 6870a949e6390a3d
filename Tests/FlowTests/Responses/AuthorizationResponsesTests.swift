import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Docs/AuthorizationResponses.md, row by row against the flow.
@Suite struct AuthorizationResponsesTests {
    /// The rows, by their first column.
    enum Case: String, CaseIterable {
        case first = "the first, with a code"
        case atOnce = "again before the answer to the first has arrived, as by a double click"
        case afterSuccess = "again after success, as by a reload or the back button"
        case otherTab = "again in a second tab"
        case usedWithSession = "again after a minute, with the cookie of before, while logged in"
        case usedWithoutSession = "the same, while not logged in"
        case afterLogout = "again after the logout"
        case ownResponseInSecondTab = "the first of a second tab's own login, after the first tab's"
        case lateWithSession = "after ten minutes, while logged in"
        case lateWithoutSession = "after ten minutes, while not logged in"
        case lateTwice = "the same, for a login that was begun anew"
        case goneWithSession = "its login unknown to this browser, while logged in"
        case goneWithoutSession = "its login unknown to this browser, while not logged in"
        case foreign = "one that belongs to another browser"
        case declined = "with an error"
        case declinedAgain = "with an error, again"
        case stale = "with the error `authentication_expired`"
        case staleTwice = "the same, for a login that was begun anew again"
        case offlineAccess = "with an error about `offline_access`, which was asked for"
        case silent = "with an error, to a login without asking"
        case silentCodeRefused = "with a code that the token endpoint refuses, to a login without asking"
        case codeRefused = "with a code that the token endpoint refuses"
        case codeRefusedAgain = "the same, again at once"
        case wrongIssuer = "with the `iss` of another provider"
        case byForm = "by a form from the provider's site, which brings no cookies"
        case unnamedWithSession = "without `state`, while logged in"
        case unnamed = "without `state`, while not logged in; also with everything in the fragment"
        case unnamedError = "with an error and without `state`"
        case unreadable = "one that cannot be read"
        case providerAway = "with a code that could not be sent"
        case resumed = "the same, again"
    }

    @Test(arguments: Case.allCases) func theTableIsTrue(of row: Case) async throws {
        let rows = try AuthorizationResponsesTests.rows()
        let documented = try #require(rows[row.rawValue], "no such row: \(row.rawValue)")
        let scene = try await Scene(row)
        #expect(documented == [scene.outcome, scene.shown])
        #expect(scene.app.provider.count("/token") <= scene.expectedTokenRequests)
    }

    @Test func theTableHasNoOtherRows() throws {
        #expect(Set(try AuthorizationResponsesTests.rows().keys) == Set(Case.allCases.map(\.rawValue)))
    }

    @Test func everyOutcomeIsExplained() throws {
        let text = String(decoding: try VectorFile.document("Docs/AuthorizationResponses.md"), as: UTF8.self)
        for outcome in ResponseOutcome.allCases { #expect(text.contains("- `\(outcome.rawValue)`:")) }
    }

    /// Outcome and answer by case.
    private static func rows() throws -> [String: [String]] {
        let text = String(decoding: try VectorFile.document("Docs/AuthorizationResponses.md"), as: UTF8.self)
        var rows: [String: [String]] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| ") && !line.hasPrefix("| a response") {
            let cells = line.split(separator: "|").map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            if cells.count == 3 { rows[cells[0]] = [cells[1], cells[2]] }
        }
        return rows
    }
}

/// What the flow did in one case.
private struct Scene {
    typealias Case = AuthorizationResponsesTests.Case

    static let stale = "error=temporarily_unavailable&error_description=authentication_expired&state=%STATE%"
    static let declined = "error=access_denied&state=%STATE%"

    let app: OddApp
    var expectedTokenRequests = 1
    private(set) var reply = BrowserReply(status: 0)

    init(_ row: Case) async throws {
        app = try OddApp(configure: { $0.silentLoginPause = .seconds(3600) })
        var browser = OddBrowser(app: app)
        switch row {
        case .first: reply = await browser.open(browser.response(await browser.begin()))
        case .atOnce, .usedWithSession, .usedWithoutSession: reply = await repeated(row, &browser)
        case .afterSuccess, .otherTab, .afterLogout: reply = await afterSuccess(row, &browser)
        case .ownResponseInSecondTab:
            expectedTokenRequests = 2
            let login = await browser.begin()
            await browser.logIn()
            reply = await browser.open(browser.response(login))
        case .lateWithSession, .lateWithoutSession, .lateTwice: reply = await late(row, &browser)
        case .goneWithSession, .goneWithoutSession, .foreign: reply = await unknown(row, &browser)
        case .declined: reply = await browser.open(browser.response(await browser.begin(), Scene.declined))
        case .declinedAgain:
            let response = browser.response(await browser.begin(), Scene.declined)
            _ = await browser.open(response)
            reply = await browser.open(response)
        case .stale, .staleTwice, .offlineAccess: reply = await stale(row, &browser)
        case .silent, .silentCodeRefused: reply = await silent(row, &browser)
        case .resumed:
            // The first was not sent.
            expectedTokenRequests = 2
            reply = await refused(row, &browser)
        case .codeRefused, .codeRefusedAgain, .providerAway: reply = await refused(row, &browser)
        case .wrongIssuer:
            let query = "code=c0de&state=%STATE%&iss=https%3A%2F%2Fevil.example"
            reply = await browser.open(browser.response(await browser.begin(), query))
        case .byForm: reply = await byForm(&browser)
        case .unnamedWithSession:
            await browser.logIn()
            reply = await browser.open("/callback")
        case .unnamed: reply = await browser.open("/callback")
        case .unnamedError: reply = await browser.open("/callback?error=access_denied")
        case .unreadable: reply = await browser.open("/callback?state=%zz")
        }
    }

    private func repeated(_ row: Case, _ browser: inout OddBrowser) async -> BrowserReply {
        let response = browser.response(await browser.begin())
        let before = browser.cookies
        _ = await browser.open(response)
        if row != .atOnce { app.clock.advance(seconds: 61) }
        let session = browser.cookies.filter { $0.key.hasSuffix("session") }
        browser.cookies = row == .usedWithSession ? before.merging(session) { $1 } : before
        return await browser.open(response)
    }

    private func afterSuccess(_ row: Case, _ browser: inout OddBrowser) async -> BrowserReply {
        let response = browser.response(await browser.begin())
        _ = await browser.open(response)
        if row == .afterLogout { await logOut(&browser) }
        return await browser.open(response)
    }

    private func logOut(_ browser: inout OddBrowser) async {
        let page = await browser.open("/logout", accept: "application/json")
        let token = (try? JSONReader.object(page.body))?["csrf_token"]?.stringValue ?? ""
        _ = await browser.open("/logout", method: .post, form: [("csrf_token", token)])
    }

    private func late(_ row: Case, _ browser: inout OddBrowser) async -> BrowserReply {
        let login = await browser.begin()
        if row == .lateWithSession { await browser.logIn() }
        app.clock.advance(seconds: 601)
        let reply = await browser.open(browser.response(login))
        guard row == .lateTwice else { return reply }
        app.clock.advance(seconds: 601)
        return await browser.open(browser.response(app.begun(reply)))
    }

    private func unknown(_ row: Case, _ browser: inout OddBrowser) async -> BrowserReply {
        var other = OddBrowser(app: app)
        let login = row == .foreign ? await other.begin() : await browser.begin()
        if row != .foreign { browser.cookies = [:] }
        if row == .goneWithSession { await browser.logIn() }
        return await browser.open(browser.response(login))
    }

    private func stale(_ row: Case, _ browser: inout OddBrowser) async -> BrowserReply {
        guard row != .offlineAccess else {
            app.provider.bend { $0.metadata = { $0["scopes_supported"] = ["openid", "offline_access"] } }
            return await browser.open(browser.response(await browser.begin(), "error=invalid_scope&state=%STATE%"))
        }
        let reply = await browser.open(browser.response(await browser.begin(), Scene.stale))
        guard row == .staleTwice else { return reply }
        return await browser.open(browser.response(app.begun(reply), Scene.stale))
    }

    private func silent(_ row: Case, _ browser: inout OddBrowser) async -> BrowserReply {
        let login = await browser.begin(requiring: .silentLogin)
        app.provider.bend { $0.tokenAnswer = .json(#"{"error":"invalid_grant"}"#, status: 400) }
        guard row == .silent else { return await browser.open(browser.response(login)) }
        return await browser.open(browser.response(login, "error=login_required&state=%STATE%"))
    }

    private func refused(_ row: Case, _ browser: inout OddBrowser) async -> BrowserReply {
        let isAway = row == .providerAway || row == .resumed
        app.provider.bend {
            if isAway {
                $0.unsent = ["/token"]
            } else {
                $0.tokenAnswer = .json(#"{"error":"invalid_grant"}"#, status: 400)
            }
        }
        let response = browser.response(await browser.begin())
        let before = browser.cookies
        let reply = await browser.open(response)
        guard row == .codeRefusedAgain || row == .resumed else { return reply }
        app.provider.bend { $0.unsent = [] }
        if row == .codeRefusedAgain { browser.cookies = before }
        return await browser.open(response)
    }

    private func byForm(_ browser: inout OddBrowser) async -> BrowserReply {
        let login = await browser.begin()
        let form = [("code", "c0de"), ("state", login.parameter("state") ?? "")]
        return await browser.open("/callback", method: .post, form: form, keeping: false)
    }

    /// The name of the outcome, as far as a browser can tell.
    var outcome: String {
        let outcome: ResponseOutcome =
            switch (reply.status, reply.location) {
            case (303, "/profile") where reply.beginsSession: .session
            case (303, "/profile"): .goOn
            case (303, "/"): .goHome
            case (303, .some): .startAnew
            case (200, _): .postAgain
            default: .explain
            }
        return "`\(outcome.rawValue)`"
    }

    /// What the browser gets.
    var shown: String {
        switch (reply.status, reply.location) {
        case (303, "/profile"): "303 to the page"
        case (303, "/"): "303 to `/`"
        case (303, .some(let location)) where location.hasPrefix(OddProvider.issuer): "303 to the provider"
        case (200, _): "200 with a form"
        default: "\(reply.status) `\(app.events.refusals.last ?? "")`\(wayOn)"
        }
    }

    private var wayOn: String {
        if reply.text.contains("href=\"/login?returnTo=%2Fprofile\"") { return ", link to the login and the page" }
        return reply.text.contains("href=\"/login\"") ? ", link to the login" : ""
    }
}
