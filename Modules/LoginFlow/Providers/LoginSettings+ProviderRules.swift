import AuthURL
public import JOSE
public import OAuthTypes
import WireFormats

extension LoginSettings {
    /// Which organizations users log in to (Auth0).
    public enum Organizations: Hashable, Sendable {
        /// The app does not use them. A login for which a hook names one is held to it all the same.
        case unused
        /// Every login is to this one. It is requested, and ID tokens must name it.
        case only(Organization)
        /// Every login is to one of these. A hook names it, or the user chooses at the provider.
        case oneOf([Organization])
        /// Every login is to some organization.
        case any
    }

    /// How a logout ends the provider's session.
    public enum ProviderLogout: Hashable, Sendable {
        /// As OpenID Connect RP-Initiated Logout §2 has it.
        case standard
        /// Auth0: where the metadata names no end-session endpoint, `/v2/logout` below the issuer, with `client_id` and
        /// `returnTo`.
        case auth0
        /// Amazon Cognito: the metadata's end-session endpoint, with `client_id` and `logout_uri`, the only parameters that
        /// it takes.
        case amazonCognito
    }

    /// Which issuers ID tokens may name; by default the configured one only. Where a provider has an issuer per tenant,
    /// the configured issuer is the address of its metadata, and sessions have the issuer of their user's tenant.
    public var issuerRule: IssuerRule {
        get { rules.issuerRule }
        set { rules.issuerRule = newValue }
    }

    /// What ID tokens must contain beyond the standards, at login and in a refresh.
    public var requiredClaims: [ClaimRequirement] {
        get { rules.requiredClaims }
        set { rules.requiredClaims = newValue }
    }

    /// Which organizations users log in to.
    public var organizations: Organizations {
        get { rules.organizations }
        set { rules.organizations = newValue }
    }

    /// How a logout ends the provider's session.
    public var providerLogout: ProviderLogout {
        get { rules.logout }
        set { rules.logout = newValue }
    }

    /// The connection that users log in with, such as `google-oauth2` (Auth0); nil lets them choose.
    public var connection: String? {
        get { rules.connection }
        set { rules.connection = newValue }
    }

    /// The page that the provider shows first, such as `signup` (Auth0).
    public var screenHint: String? {
        get { rules.screenHint }
        set { rules.screenHint = newValue }
    }

    /// Parameters of every authorization request that have no property here, in order.
    public var extraParameters: [(name: String, value: String)] {
        get { rules.parameters }
        set { rules.parameters = newValue }
    }

    /// Whether the parameter `user` of a response by `form_post` is read (Apple): ``CompletedLogin/unverifiedUser``.
    public var takesUserOfFormPost: Bool {
        get { rules.takesUserOfFormPost }
        set { rules.takesUserOfFormPost = newValue }
    }
}

extension LoginSettings {
    var providerFaults: [SettingFault] {
        [parameterFault, organizationFault].compactMap(\.self)
    }

    private var parameterFault: SettingFault? {
        guard let scope = try? Scope("openid") else { return nil }
        var request = AuthorizationRequest(clientID: clientID, redirectURI: baseURL, scope: scope)
        do { try rules.apply(to: &request, keepsRefreshTokens: true, access: .plain) } catch {
            return SettingFault(
                setting: "extraParameters", problem: error.description,
                fix: "Name parameters that the flow does not write, each once.")
        }
        return nil
    }

    private var organizationFault: SettingFault? {
        guard organizations == .oneOf([]) else { return nil }
        return SettingFault(
            setting: "organizations", problem: "the list is empty, so nobody could log in",
            fix: "Name the organizations, or take .any or .unused.")
    }
}

extension LoginSettings {
    /// Whether a session of this issuer is one of this app's provider.
    func accepts(issuer text: String) -> Bool { issuerRule.accepts(text, where: issuer) }

    /// What the ID token of a login must contain besides.
    func requiredClaims(for requested: Organization?) -> [ClaimRequirement] {
        let own: ClaimRequirement? =
            switch organizations {
            case .unused: nil
            case .only(let organization): .organization(isOneOf: [organization])
            case .oneOf(let organizations): .organization(isOneOf: organizations)
            case .any: .anyOrganization
            }
        return requiredClaims + [own, requested.map { .organization(isOneOf: [$0]) }].compactMap(\.self)
    }

    /// What the ID token of a refresh must contain besides: the organization is that of the login.
    func requiredClaims(inRefreshOf session: LoginSession) -> [ClaimRequirement] {
        let (id, name) = (session.claims["org_id"]?.stringValue, session.claims["org_name"]?.stringValue)
        var same: ClaimRequirement?
        if let id { same = ClaimRequirement(.organizationID, isOneOf: [id]) }
        if id == nil, let name {
            same = ClaimRequirement(.organizationName, isOneOf: [name], comparing: .ignoringCase)
        }
        same?.mayBeAbsentAtRefresh = organizations == .unused
        return requiredClaims(for: nil) + [same].compactMap(\.self)
    }
}
