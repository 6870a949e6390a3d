import Hummingbird
import HummingbirdLogin

/// The pages of the shop.
public func shopRouter(_ flow: LoginFlow) throws -> Router<BasicLoginRequestContext> {
    let router = Router(context: BasicLoginRequestContext.self)
    try router.addLogin(flow)
    router.get("/") { _, context in "Hello, \(context.loginSession?.user.name ?? "guest")" }
    return router
}
