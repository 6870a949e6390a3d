import Concurrency
import OAuthTypes
import WireFormats

extension DevAuthServer {
    static let requestURIPrefix = "urn:ietf:params:oauth:request_uri:"

    /// The pushed authorization request endpoint (RFC 9126 §2).
    func pushRequest(_ visit: Visit) -> DevResponse {
        do throws(TokenRequestError) {
            let client = try authenticated(visit, at: "/par")
            guard visit.form["request_uri"] == nil else {
                throw .invalidRequest("request_uri must not be in a pushed request")
            }
            let request: AuthorizationRequest
            do { request = try authorizationRequest(visit.form, of: client, isPushed: true) } catch {
                throw .refused(error.response)
            }
            let uri = Self.requestURIPrefix + randomText()
            let lifetime = lifetimes.pushedRequest.components.seconds
            let record = PushedRequest(request: request, expiresAt: clock.now.adding(seconds: lifetime))
            state.withLock { $0.pushedRequests[TokenDigest(uri)] = record }
            return .json(
                ["request_uri": .string(uri), "expires_in": .number(JSONNumber(Int(clamping: lifetime)))], status: 201)
        } catch {
            return error.answer
        }
    }

    /// Uses up the pushed request that the authorization request refers to (RFC 9126 §4).
    func takePushedRequest(_ uri: String, of client: DevClient) throws(AuthorizationPageError) -> AuthorizationRequest {
        let now = clock.now
        let record = state.withLock { state -> PushedRequest? in
            guard let record = state.pushedRequests[TokenDigest(uri)], record.request.client.id == client.id else {
                return nil
            }
            state.pushedRequests[TokenDigest(uri)] = nil
            return record
        }
        guard let record, now < record.expiresAt else { throw .unknownRequestURI(client) }
        return record.request
    }
}
