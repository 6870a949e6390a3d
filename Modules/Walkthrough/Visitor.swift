import DevAuthServer
import LoginFlow
import OAuthTypes

/// The user: opens the app, logs in, allows the access, looks at the page, and logs out.
struct Visitor {
    struct UnexpectedPageError: Error {}

    let account: DevAccount
    let app: DemoApp
    let server: DevAuthServer

    func visit() async throws {
        var browser = try ScriptedUserAgent([
            EndpointURL("http://localhost:3000", allowing: .loopback).origin: openApp,
            server.issuer.origin: openServer,
        ])
        print("\(account.name) opens http://localhost:3000/hello\n")
        let loginPage = try await browser.open("http://localhost:3000/hello")
        let consentPage = try await browser.logIn(
            on: loginPage, as: account.username, password: account.password.exposedText)
        let page = try await browser.submit("consent", on: consentPage, action: "allow")
        print("\nThe browser shows: \(page.text)\n")
        let question = try await browser.open("http://localhost:3000/logout")
        _ = try await browser.submit("logout", on: question, action: "logout")
        let after = try await browser.open("http://localhost:3000/hello")
        print("\nAfter the logout /hello leads to: \(after.url.origin)\(after.url.path)")
        guard page.status == 200, after.url.origin == server.issuer.origin else { throw UnexpectedPageError() }
    }

    private func openApp(_ request: ScriptedUserAgent.Request) async -> ScriptedUserAgent.Response {
        let reply = await app.answer(
            BrowserRequest(request.method, target: request.target, fields: request.fields, body: request.body))
        return ScriptedUserAgent.Response(status: reply.status, fields: reply.fields, body: reply.body)
    }

    private func openServer(_ request: ScriptedUserAgent.Request) async -> ScriptedUserAgent.Response {
        let answer = await server.respond(
            to: DevRequest(request.method, request.target, fields: request.fields, body: request.body))
        return ScriptedUserAgent.Response(status: answer.status, fields: answer.fields, body: answer.body)
    }
}
