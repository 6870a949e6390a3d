import APIClient
import HTTPTypes
import LoginFlow
import OAuthTypes

/// The button “Refresh the tokens”. It requests new tokens even if the old ones are still valid.
struct Refresh {
    enum Outcome: String {
        case done, recent, impossible, pending, failed, refused, away

        var notice: String {
            switch self {
            case .done: "New tokens are here."
            case .recent: "The tokens were refreshed a moment ago and are still new."
            case .impossible:
                "The authorization server issued no refresh token, no longer accepts it, or asks you to log in. Log in again to get new tokens."
            case .pending:
                "New tokens are here, but their ID token cannot be verified yet. They are kept; try again in a moment."
            case .failed:
                "The authorization server issued no new tokens. The old ones are kept and work until they expire."
            case .refused:
                "The authorization server refused to issue new tokens. You did nothing wrong; the people who run this site have to fix this."
            case .away: "The authorization server could not be reached. The old tokens are kept; try again in a moment."
            }
        }

        /// Whether the notice links to the login.
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

    private var oldTokenIsValid: Bool { session.accessTokenEndsAt.map { clock.now < $0 } ?? false }

    private func outcome(of failure: AccessTokenError) -> Outcome {
        switch failure {
        // No one has to log in while the old token is valid.
        case .loginNeeded(.interactionRequired) where oldTokenIsValid: .failed
        case .loginNeeded: .impossible
        case .unverified: .pending
        case .unreachable: .away
        default: flow.problem(failure, of: session, returningTo: "/profile").turn == .operator ? .refused : .failed
        }
    }
}
