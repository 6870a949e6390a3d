import JOSE
import OAuthTypes

/// The tenants of Microsoft Entra whose users may log in.
public enum EntraTenants: Hashable, Sendable {
    /// These only: their directory (tenant) IDs.
    case only([String])
    /// Every work or school account of any tenant. Anyone can create a tenant: decide by issuer and subject what a user
    /// may do, and never by the address.
    case anyTenant
    /// As ``anyTenant``, and personal Microsoft accounts.
    case anyTenantOrPersonalAccount
}

/// The form of Entra's tokens.
public enum EntraVersion: Hashable, Sendable {
    /// Issuers below `https://sts.windows.net`: for registrations that still use the first endpoints.
    case v1
    /// Issuers below `https://login.microsoftonline.com`, with `/v2.0` at the end.
    case v2
}

extension KnownProvider {
    private static let entraName = "Microsoft Entra"
    private static let entraBase = "https://login.microsoftonline.com/"
    /// The tenant of all personal accounts.
    private static let personalAccounts = "9188040d-6c67-4c5b-b112-36a304b66dad"

    /// Microsoft Entra, for the users of one tenant.
    /// - Parameters:
    ///   - tenant: the directory (tenant) ID; a domain will not do, because the issuer has the ID.
    ///   - version: the form of the tokens.
    public static func entra(tenant: String, version: EntraVersion = .v2) -> KnownProvider {
        switch tenantID(tenant, of: "tenant") {
        case .failure(let error): return KnownProvider(entraName, source: .failure(error))
        case .success(let tenant):
            switch version {
            case .v2: return KnownProvider(entraName, issuer: "\(entraBase)\(tenant)/v2.0")
            case .v1: return entraV1(tenant)
            }
        }
    }

    private static func entraV1(_ tenant: TenantID) -> KnownProvider {
        guard let issuer = try? Issuer("https://sts.windows.net/\(tenant)/"),
            let address = try? EndpointURL("\(entraBase)\(tenant)/.well-known/openid-configuration")
        else { return KnownProvider(entraName, issuer: "") }
        return KnownProvider(entraName, source: .success(.document(at: address, issuer: issuer)))
    }

    /// Microsoft Entra, for the users of several tenants.
    ///
    /// Entra's metadata then has a template instead of an issuer. An ID token must name the issuer that the template makes
    /// of the token's own tenant (`tid`), and the tenant must be one of `tenants`.
    /// - Parameters:
    ///   - tenants: the tenants whose users may log in.
    ///   - version: the form of the tokens.
    public static func entra(tenants: EntraTenants, version: EntraVersion = .v2) -> KnownProvider {
        let allowed: IssuerRule.Tenants
        do { allowed = try accepted(tenants) } catch { return KnownProvider(entraName, source: .failure(error)) }
        let isV2 = version == .v2
        let text = isV2 ? "\(entraBase){tenantid}/v2.0" : "https://sts.windows.net/{tenantid}/"
        var provider = KnownProvider(
            entraName, issuer: "\(entraBase)\(authority(of: tenants))\(isV2 ? "/v2.0" : "")")
        guard let template = try? IssuerTemplate(text) else { return KnownProvider(entraName, issuer: "") }
        provider.rules.issuerRule = .template(template, tenants: allowed)
        return provider
    }

    private static func authority(of tenants: EntraTenants) -> String {
        switch tenants {
        case .only(let list): list.contains { $0.lowercased() == personalAccounts } ? "common" : "organizations"
        case .anyTenant: "organizations"
        case .anyTenantOrPersonalAccount: "common"
        }
    }

    private static func accepted(_ tenants: EntraTenants) throws(SettingsError) -> IssuerRule.Tenants {
        guard case .only(let list) = tenants else { return .anyTenant }
        guard !list.isEmpty else {
            throw SettingsError(faults: [
                SettingFault(
                    setting: "tenants", problem: "the list is empty, so nobody could log in",
                    fix: "Name the directory (tenant) IDs, or take .anyTenant if every tenant may log in.")
            ])
        }
        var found: Set<TenantID> = []
        for tenant in list { found.insert(try tenantID(tenant, of: "tenants").get()) }
        return .only(found)
    }

    private static func tenantID(_ text: String, of setting: String) -> Result<TenantID, SettingsError> {
        if let tenant = try? TenantID(text.lowercased()) { return .success(tenant) }
        let general: Set<String> = ["common", "organizations", "consumers"]
        let fix =
            general.contains(text)
            ? "Take .entra(tenants:), which says whose users may log in."
            : "Give the directory (tenant) ID, a GUID, from the overview of the registration; no domain and no URL."
        let problem = text.isEmpty ? "it is empty" : "'\(text.printable(upTo: 64))' is no tenant ID"
        return .failure(SettingsError(faults: [SettingFault(setting: setting, problem: problem, fix: fix)]))
    }
}
