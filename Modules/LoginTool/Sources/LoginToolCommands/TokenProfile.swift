import JOSE

/// The kinds of token that can be verified.
enum TokenProfile: Equatable {
    case idToken
    case accessToken(AccessTokenProfile)
    case logoutToken

    static let names = ["id-token", "access-token", "access-token-auth0", "logout-token"]

    /// Creates the profile of a name, or of its short form, which other programs use.
    init?(named name: String) {
        switch name {
        case "id-token", "idtoken": self = .idToken
        case "access-token", "accesstoken": self = .accessToken(.rfc9068)
        case "access-token-auth0": self = .accessToken(.auth0)
        case "logout-token", "logout": self = .logoutToken
        default: return nil
        }
    }
}
