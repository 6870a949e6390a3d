import APIClient
import HTTPTypes
import LoginFlow
import OAuthTypes

/// The button “Refresh the tokens”: gets new tokens although the old ones may still be good.
struct Refresh {
    enum Outcome: String {
        case done, recent, impossible, pending, failed, refused, away

        var notice: String {
            switch self {
            case .done: "New tokens are here."
            case .recent: "The tokens were refreshed a moment ago and are still new."
            case .impossible:
                "The authorization server issued no refresh token, no longer accepts it, or wants to see you. Log in again to get new tokens."
            case .pending:
                "New tokens are here, and their ID token cannot be checked yet. They are kept; try again in a moment."
            case .failed:
                "The authorization server did not renew the tokens. The old ones are kept and serve until they end."
            case .refused:
                "The authorization server refused to renew the tokens. It is nothing you did; the people who run this site have to act."
            case .away: "The authorization server could not be reached. The old tokens are kept; try again in a moment."
            }
        }

        /// Whether the notice offers the login.
        var offersLogin: Bool { self == .impossible }

        var status: HTTPResponse.Status {
            switch self {
            case .done, .recent: .ok
            case .impossible: .conflict
            case .refused: .badGateway
            case .pending, .failed, .away: .serviceUnavailable
            }
        }
    }

    let flow: LoginFlow
    let session: LoginSession
    let clock: WallClock

    func perform() async -> Outcome {
        guard session.canRefresh else { return .impossible }
        let tokens = flow.accessTokens(of: session)
        do {
            return try await tokens.replacement(for: tokens.accessToken()) == nil ? .recent : .done
        } catch { return outcome(of: error) }
    }

    private var oldTokenServes: Bool { session.accessTokenEndsAt.map { clock.now < $0 } ?? false }

    private func outcome(of failure: AccessTokenFailure) -> Outcome {
        switch failure {
        // Nobody has to log in while the old token serves.
        case .loginNeeded(.interactionRequired) where oldTokenServes: .failed
        case .loginNeeded: .impossible
        case .unverified: .pending
        case .unreachable: .away
        default: flow.problem(failure, of: session, returningTo: "/profile").turn == .operator ? .refused : .failed
        }
    }
}
