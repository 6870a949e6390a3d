import AuthURL
import JOSE
import OAuthTypes
import TokenExchange
import WireFormats

extension LoginFlow {
    // Clocks may differ by a minute, and a pushed request may be fetched at once or when the user gets there.
    private static let requestObjectLifetime: Int64 = 300

    /// Sends the parameters of a login the way that settings and provider want: in the URL, signed (RFC 9101), pushed (RFC
    /// 9126), or signed and pushed. The URL of the result is for the browser.
    func send(_ started: StartedLogin, over connection: Provider.Connection) async throws -> StartedLogin {
        let metadata = connection.metadata
        let signed =
            settings.signedRequests.isUsed(demanded: metadata.requiresSignedRequestObject)
            ? try await sign(started) : started
        guard settings.pushedRequests.isUsed(demanded: metadata.requiresPushedAuthorizationRequests),
            let endpoint = metadata.pushedAuthorizationRequestEndpoint
        else {
            guard signed.fitsURL else { throw AuthorizationRequestError.tooLong }
            return signed
        }
        return started.sending(
            started.parameters(referringTo: try await push(signed, to: endpoint, over: connection)))
    }

    private func sign(_ started: StartedLogin) async throws -> StartedLogin {
        guard let keys = settings.clientKeys else { throw UnsupportedProviderError.signedRequests }
        let claims = started.requestObjectClaims(
            identifier: Base64URL.encode(environment.random.bytes(count: 16)), now: now,
            lifetime: LoginFlow.requestObjectLifetime)
        do {
            let object = try await keys.sign(type: "oauth-authz-req+jwt", claims: claims)
            return started.sending(started.parameters(besides: object))
        } catch { throw RequestSigningError() }
    }

    private func push(
        _ started: StartedLogin, to endpoint: EndpointURL, over connection: Provider.Connection
    ) async throws -> String {
        let start = environment.stopwatch.reading
        // A signed request says everything itself (RFC 9126 §3).
        let object = started.parameters.filter { $0.name == "request" }
        let parameters = object.isEmpty ? started.parameters : object
        let id = started.pending.correlationID
        do {
            guard
                let pushed = try await pushes.run({
                    try await connection.tokenEndpoint.push(parameters.map { ($0.name, $0.value) }, to: endpoint)
                })
            else {
                throw FlowProblem.tooManyLogins(
                    because: "\(PushLimit.most) authorization requests are being pushed, and the provider answers none",
                    correlationID: id)
            }
            record(pushed.deviations, correlationID: id)
            record(
                "login.pushed", from: .webApp, to: .authorizationServer, correlationID: id,
                details: [.init("signed", object.isEmpty ? "no" : "yes")],
                took: environment.stopwatch.reading - start)
            return pushed.requestURI
        } catch let error as TokenEndpointError { throw PushError(cause: error) }
    }
}

/// The provider did not take a pushed request.
struct PushError: Error {
    let cause: TokenEndpointError
}

/// The app's key did not sign a request object. What the signer threw is the app's own and stays with the app.
struct RequestSigningError: Error {}
