import APIClient
import LoginFlow
import OAuthTypes
import WireFormats

/// Steps 9 and 10: the app calls the API on behalf of the user.
struct APICall {
    enum Result {
        case answer(address: String, status: Int, body: JSONValue)
        case problem(AppProblem)
    }

    let flow: LoginFlow
    let api: EndpointURL?
    let session: LoginSession

    func perform() async -> Result {
        guard let api else { return await callUserInfo() }
        do {
            let client = flow.apiClient(for: session, origins: [api.origin])
            let response = try await client.send(APIRequest(.get, api))
            let body = JSONValue(parsing: response.body) ?? .string("(the answer is not JSON)")
            return .answer(address: api.text, status: response.status, body: body)
        } catch {
            return .problem(.apiCall(error, flow: flow, session: session))
        }
    }

    private func callUserInfo() async -> Result {
        do {
            guard let userInfo = try await flow.userInfo(of: session) else { return .problem(.noAPI(session)) }
            return .answer(address: "the UserInfo endpoint", status: 200, body: .object(userInfo.claims))
        } catch let error as APIClientError {
            return .problem(.apiCall(error, flow: flow, session: session))
        } catch {
            return .problem(.providerAway(session))
        }
    }
}
