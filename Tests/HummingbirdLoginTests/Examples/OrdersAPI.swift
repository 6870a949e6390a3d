#if Hummingbird

    import APIGuard
    import Hummingbird
    import HummingbirdLogin
    import JOSE

    /// An API: its routes need an access token with a scope. It has no login, and its context needs no session.
    func ordersAPI<Keys: JWKSetSource>(_ gate: APIGuard<Keys>) throws -> Router<BasicRequestContext> {
        let router = Router()
        let orders = try router.group("orders").requireScope("orders:read", by: gate)
        orders.get { _, context in "The orders of \(context.accessToken.subject.text)" }
        return router
    }

#endif
