import HTTPTypes
import Hummingbird
import WireFormats

/// Says that there is nothing at an address of the API: to programs in JSON, to people with a page.
struct MissingResources: RouterMiddleware {
    typealias Context = BasicRequestContext

    /// The address of the web app.
    let home: String

    @concurrent func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError where error.status == .notFound {
            guard request.headers[values: .accept].contains(where: { $0.contains("text/html") }) else {
                return .json(["status": 404, "error": "not_found"], status: .notFound)
            }
            let answer = Response.page(page, policy: MissingResources.policy, status: .notFound)
            return request.method == .head ? answer.createHeadResponse() : answer
        }
    }

    private static let policy =
        "default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"

    private var page: HTML {
        Layout.page(
            "API", for: .unknown, home: home,
            body: """
                <h1>This is the API</h1>
                <p class="lead">It talks to programs that bring an access token, and has no page at this address.</p>
                <div class="actions"><a class="button" href="\(home)">To the web app</a></div>
                """)
    }
}
