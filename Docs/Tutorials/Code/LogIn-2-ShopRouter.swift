import Hummingbird
import HummingbirdLogin

/// The pages of the shop.
public func shopRouter() throws -> Router<BasicLoginRequestContext> {
    let router = Router(context: BasicLoginRequestContext.self)
    router.get("/") { _, _ in "Hello, guest" }
    return router
}
