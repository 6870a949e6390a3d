#if Hummingbird

    import Hummingbird
    import HummingbirdLogin
    import LoginFlow
    import OAuthTypes

    /// Paths below `/account` require a login.
    func accountRouter(_ flow: LoginFlow) -> Router<BasicLoginRequestContext> {
        let router = Router(context: BasicLoginRequestContext.self)
        router.add(middleware: LoginMiddleware(flow) { path in path.hasPrefix("/account") })
        router.get("account") { _, context in "Hello, \(context.loginSession?.subject.text ?? "guest")" }
        return router
    }

#endif
