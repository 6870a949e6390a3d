import AuthURL
import JOSE
import OAuthTypes

/// What one provider needs and others do not: a part of ``LoginSettings``, which shows it piece by piece.
struct ProviderRules: Sendable {
    typealias Parameter = (name: String, value: String)

    var issuerRule = IssuerRule.exact
    var requiredClaims: [ClaimRequirement] = []
    var organizations = LoginSettings.Organizations.unused
    var logout = LoginSettings.ProviderLogout.standard
    var connection: String?
    var screenHint: String?
    var parameters: [Parameter] = []
    /// What asks for a refresh token instead of the scope `offline_access`.
    var offlineParameters: [Parameter] = []
    var takesUserOfFormPost = false
}

extension ProviderRules {
    /// Writes the parameters. `keepsRefreshTokens` says whether a refresh token could be kept.
    func apply(
        to request: inout AuthorizationRequest, keepsRefreshTokens: Bool, access: OfflineAccess
    ) throws(AuthorizationRequestError) {
        request.connection = connection
        request.screenHint = screenHint
        if case .only(let organization) = organizations { request.organization = organization }
        for parameter in parameters { try request.addExtra(parameter.name, value: parameter.value) }
        guard !offlineParameters.isEmpty, keepsRefreshTokens, access != .never else { return }
        for parameter in offlineParameters { try request.addExtra(parameter.name, value: parameter.value) }
        if access == .withConsent, !request.prompt.contains(.none), !request.prompt.contains(.consent) {
            request.prompt.append(.consent)
        }
    }
}
