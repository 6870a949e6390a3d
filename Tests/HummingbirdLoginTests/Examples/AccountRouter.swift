#if Hummingbird

    import Hummingbird
    import HummingbirdLogin

    /// A page that greets everyone, and pages below `/account` that require a login.
    func accountRouter(_ flow: LoginFlow) throws -> Router<BasicLoginRequestContext> {
        let router = Router(context: BasicLoginRequestContext.self)
        try router.addLogin(flow)
        router.get("/") { _, context in "Hello, \(context.loginSession?.user.name ?? "guest")" }
        let account = router.group("account").requireLogin()
        account.get { _, context in "The account of \(context.session.user.name ?? context.session.subject.text)" }
        return router
    }

#endif
