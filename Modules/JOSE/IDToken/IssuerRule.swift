public import OAuthTypes
import WireFormats

/// Which issuers an ID token may name.
public enum IssuerRule: Hashable, Sendable {
    /// The expected one, octet by octet (OpenID Connect Core §3.1.3.7 item 2).
    case exact
    /// That of the tenant which the token names in `tid`: the template with this tenant in it, octet by octet. The
    /// tenant must be one of `tenants`, and a published key that names an issuer (its member `issuer`) must name the
    /// token's or the template.
    case template(IssuerTemplate, tenants: Tenants)

    /// The tenants whose users may log in.
    public enum Tenants: Hashable, Sendable {
        /// These only.
        case only(Set<TenantID>)
        /// All. Cost: whoever can create a tenant at the provider can log in, under names and addresses of their own
        /// choice. Identify users by issuer and subject, and decide by the tenant what they may do.
        case anyTenant
    }
}

extension IssuerRule {
    /// Whether `issuer` may be that of a token where `configured` is the expected one.
    package func accepts(_ issuer: String, where configured: Issuer) -> Bool {
        switch self {
        case .exact: issuer.utf8.elementsEqual(configured.text.utf8)
        case .template(let template, let tenants): template.tenant(of: issuer).map(tenants.contain) ?? false
        }
    }

    /// The rule for a token that must have the same issuer as an earlier one.
    package func narrowed(to issuer: String) -> IssuerRule {
        guard case .template(let template, let tenants) = self else { return self }
        let tenant = template.tenant(of: issuer).flatMap { tenants.contain($0) ? $0 : nil }
        return .template(template, tenants: .only(tenant.map { [$0] } ?? []))
    }
}

extension IssuerRule.Tenants {
    func contain(_ tenant: TenantID) -> Bool {
        switch self {
        case .only(let tenants): tenants.contains(tenant)
        case .anyTenant: true
        }
    }
}

extension IssuerRule {
    /// The issuer of a token, if the rule accepts it.
    @inline(__always)
    func issuer(of verified: VerifiedClaims, where configured: Issuer) throws(ClaimError) -> Issuer {
        guard case .template(let template, let tenants) = self else {
            try verified.claims.require(.issuer, toBe: configured.text)
            return configured
        }
        return try Self.issuer(of: verified, by: template, tenants: tenants)
    }

    @inline(never)
    private static func issuer(
        of verified: VerifiedClaims, by template: IssuerTemplate, tenants: Tenants
    ) throws(ClaimError) -> Issuer {
        let claims = verified.claims
        guard let tenant = try? TenantID(claims.requiredText(.tenant)), let issuer = try? template.issuer(of: tenant)
        else { throw claims.member(.tenant) == nil ? .missing(.tenant) : .malformed(.tenant) }
        try claims.require(.issuer, toBe: issuer.text)
        guard tenants.contain(tenant) else { throw tenants.refusal(of: tenant) }
        guard verified.keysFit(issuer, of: template) else { throw .keyOfAnotherIssuer }
        return issuer
    }
}

extension IssuerRule.Tenants {
    fileprivate func refusal(of tenant: TenantID) -> ClaimError {
        guard case .only(let tenants) = self else { return .mismatch(.tenant) }
        return .mismatch(.tenant, Mismatch(expected: tenants.map(\.text).sorted(), found: [tenant.text]))
    }
}

extension VerifiedClaims {
    /// Whether no key that the header may mean is one of another issuer. All of that name count, not only the one that
    /// verified: two keys of one name and different issuers would let one issuer sign for the other.
    fileprivate func keysFit(_ issuer: Issuer, of template: IssuerTemplate) -> Bool {
        let keys = keys?.keys.filter { $0.isNamed(header.keyID) } ?? []
        return keys.allSatisfy { key in
            guard let named = key.jwk.issuer else { return true }
            return named.hasSameOctets(as: issuer.text) || named.hasSameOctets(as: template.text)
        }
    }
}
