import APIGuard
import Hummingbird
import HummingbirdLogin
import JOSE
import LoginHTTPTypes
import OAuthTypes
import WireFormats

/// An API that requires an access token of the right issuer, for this API and with its scope.
struct DemoAPI {
    let gate: APIGate
    let scope: Scope?
    /// The address of the web app, for people who open the API in a browser.
    let home: String
    let clock: WallClock

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: MissingResources(home: home))
        router.get("style.css") { _, _ in WebApp.styleSheet }
        router.get("demo") { request, _ in await demo(request) }
        return router
    }

    private func demo(_ request: Request) async -> Response {
        let values = request.headers[values: .authorization]
        guard let guards = try? await gate.guards() else {
            return .json(["status": 503, "error": "issuer_unreachable"], status: .serviceUnavailable)
        }
        var refusal: ProtectedResourceError?
        for gate in guards {
            switch await gate.authorize(authorization: values, requiring: scope, at: clock.now) {
            case .success(let claims): return data(for: claims)
            case .failure(let failure): refusal = refusal ?? failure
            }
        }
        return refusal.map(DemoAPI.refused) ?? Response(status: .internalServerError)
    }

    private func data(for claims: AccessTokenClaims) -> Response {
        .json([
            "message": "This comes from the API.", "sub": .string(claims.subject.text),
            "scope": .string(claims.scope.description), "time": .string(clock.now.utcText),
        ])
    }

    private static func refused(_ refusal: ProtectedResourceError) -> Response {
        var response = Response.json(
            ["status": .init(integerLiteral: refusal.status), "error": .string(refusal.code)],
            status: HTTPResponse.Status(code: refusal.status))
        response.headers.append(contentsOf: HTTPFields(refusal.fields))
        return response
    }
}
