import APIClient
import HTTPTypes
import LoginFlow

/// The button “Refresh the tokens”: gets new tokens although the old ones may still be good.
struct Refresh {
    enum Outcome: String {
        case done, recent, impossible, failed

        var notice: String {
            switch self {
            case .done: "New tokens are here."
            case .recent: "The tokens were refreshed a moment ago and are still new."
            case .impossible:
                "The authorization server issued no refresh token, or no longer accepts it. Log in again to get one."
            case .failed:
                "The authorization server could not be reached. The old tokens are kept; try again in a moment."
            }
        }

        var status: HTTPResponse.Status {
            switch self {
            case .done, .recent: .ok
            case .impossible: .conflict
            case .failed: .serviceUnavailable
            }
        }
    }

    let flow: LoginFlow
    let session: Session

    func perform() async -> Outcome {
        guard session.canRefresh else { return .impossible }
        let tokens = flow.accessTokens(of: session)
        do {
            return try await tokens.replacement(for: tokens.accessToken()) == nil ? .recent : .done
        } catch .loginNeeded {
            return .impossible
        } catch {
            return .failed
        }
    }
}
