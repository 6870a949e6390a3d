import OAuthTypes
import WireFormats

extension DevAuthServer {
    func route(_ visit: Visit) async -> DevResponse {
        switch (visit.path, visit.method) {
        case ("/authorize", .get), ("/authorize", .post): return await authorize(visit)
        case ("/login", .get): return showLogin(visit)
        case ("/login", .post): return await login(visit)
        case ("/code", .post): return await emailCode(visit)
        case ("/provider", .get): return showTestProvider(visit)
        case ("/provider", .post): return await chooseAccount(visit)
        case ("/consent", .get): return showConsent(visit)
        case ("/consent", .post): return consent(visit)
        case ("/par", .post): return pushRequest(visit)
        case ("/token", .post): return await token(visit)
        case ("/revoke", .post): return revoke(visit)
        case ("/userinfo", .get), ("/userinfo", .post): return userInfo(visit)
        case ("/oauth2/logout", .get), ("/oauth2/logout", .post): return logout(visit)
        case ("/logout", .post): return confirmLogout(visit)
        case ("/.well-known/openid-configuration", .get): return .json(metadata)
        case ("/jwks", .get): return .json(publicKeys)
        case ("/", .get): return welcomePage()
        default: return unrouted(visit)
        }
    }

    private func unrouted(_ visit: Visit) -> DevResponse {
        if let picture = picture(at: visit.path) { return visit.method == .get ? picture : .methodNotAllowed("GET") }
        return switch visit.path {
        case "/authorize", "/login", "/provider", "/consent", "/userinfo", "/oauth2/logout":
            .methodNotAllowed("GET, POST")
        case "/code", "/par", "/token", "/revoke", "/logout": .methodNotAllowed("POST")
        case "/", "/jwks", "/.well-known/openid-configuration": .methodNotAllowed("GET")
        default: messagePage(status: 404, title: "Nothing here", words: "This server has no such page.", turn: .user)
        }
    }

    private func welcomePage() -> DevResponse {
        messagePage(
            status: 200, title: "Development login server",
            words: "It logs users in to apps under development on this machine. Start at the app.", turn: nil)
    }
}
