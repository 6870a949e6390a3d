import Hummingbird
import HummingbirdLogin
import LoginFlow
import WireFormats

/// Shows a page of the app when there is none at an address.
struct MissingPages: RouterMiddleware {
    typealias Context = WebApp.Context

    let flow: LoginFlow

    @concurrent func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError where error.status == .notFound {
            guard !request.prefersJSON else {
                return .json(
                    ["type": "about:blank", "title": "There is no such page", "status": 404], status: .notFound,
                    type: "application/problem+json")
            }
            let page = Response.page(
                MissingPages.page, policy: flow.contentSecurityPolicy(styleSources: ["'self'"]), status: .notFound)
            return request.method == .head ? page.createHeadResponse() : page
        }
    }

    private static let page = Layout.page(
        "Not found", for: .unknown,
        body: """
            <h1>There is no such page</h1>
            <p class="lead">The address may be mistyped, or the page was removed.</p>
            <div class="actions"><a class="button" href="/">Home</a></div>
            """)
}
