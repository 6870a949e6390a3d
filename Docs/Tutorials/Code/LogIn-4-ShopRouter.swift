import Hummingbird
import HummingbirdLogin

/// The pages of the shop.
public func shopRouter(_ flow: LoginFlow) throws -> Router<BasicLoginRequestContext> {
    let router = Router(context: BasicLoginRequestContext.self)
    try router.addLogin(flow)
    router.get("/") { _, context in "Hello, \(context.loginSession?.user.name ?? "guest")" }
    let orders = router.group("orders").requireLogin()
    orders.get { _, context in "The orders of \(context.session.user.name ?? context.session.subject.text)" }
    return router
}
