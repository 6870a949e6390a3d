import OAuthTypes

/// A published set of requirements.
struct Profile: Sendable {
    let name: String
    let title: String
    let requirements: [Requirement]

    static let all = [oidcBasic, auth0Default, fapi2Security, fapi2MessageSigning, ipsieSL1]

    static let oidcBasic = Profile(
        name: "oidc-basic",
        title: "OpenID Connect Core 1.0 with errata set 2: a Basic relying party; Discovery 1.0",
        requirements: [
            .metadata(by: "Discovery §3, §4.3"),
            .https(by: "Core §3.1.2, §3.1.3, §5.3"),
            .codeFlow(by: "Core §3.1"),
            .scope(["openid"], by: "Core §3.1.2.1"),
            .clientSecret(by: "Core §9"),
            .listedAlgorithm(SigningNames.publicKey, words: "a public-key algorithm", by: "Core §3.1.3.7 (7)"),
            .idTokenValidation(by: "Core §3.1.3.7, §3.1.3.8"),
            .keyRotation(by: "Core §10.1.1"),
            .refreshValidation(by: "Core §12.2"),
            Requirement.userInfo(by: "Core §5.3.4; Discovery §3").asRecommendation,
            Requirement.pkce(by: "RFC 9700 §2.1.1").asRecommendation,
        ])

    static let auth0Default = Profile(
        name: "auth0-default",
        title: "a Regular Web Application of Auth0 with its default settings",
        requirements: [
            .metadata(by: "Auth0, OpenID Connect discovery"),
            Requirement(
                "issuer-slash", "an issuer with a slash at its end", by: "Auth0, validate ID tokens",
                provider: { facts in
                    facts.metadata.issuer.text.hasSuffix("/") ? .yes("has one") : .no("has none")
                }),
            .https(by: "Auth0, authorization code flow"),
            .codeFlow(by: "Auth0, authorization code flow"),
            .pkce(by: "Auth0, authorization code flow with PKCE"),
            .clientSecret(by: "Auth0, credential settings"),
            .listedAlgorithm(["RS256"], by: "Auth0, signing algorithms"),
            .idTokenValidation(by: "Auth0, validate ID tokens"),
            .scope(["openid", "profile", "email", "offline_access"], by: "Auth0, OpenID Connect scopes"),
            .userInfo(by: "Auth0, Authentication API: get user info"),
            .refreshValidation(by: "Auth0, refresh token rotation"),
            .logout(by: "RP-Initiated Logout 1.0 §2; Auth0, log users out with the OIDC endpoint"),
        ])

    static let ipsieSL1 = Profile(
        name: "ipsie-sl1",
        title: "IPSIE SL1 OpenID Connect profile: a working draft, which can change",
        requirements: [
            .https(by: "IPSIE Common Requirements"),
            .metadata(by: "IPSIE SL1 §3.2.1, §3.2.2"),
            .codeFlow(by: "IPSIE SL1 §3.2.1, §3.2.2"),
            .pkce(by: "IPSIE SL1 §3.2.1, §3.2.2"),
            .responseIssuer(by: "IPSIE SL1 §3.2.1, §3.2.2; RFC 9207"),
            .redirectURI(by: "IPSIE SL1 §3.2.1"),
            .listedAlgorithm(Requirement.strongAlgorithms, by: "IPSIE Common Requirements"),
            .noUnsigned(by: "IPSIE Common Requirements"),
            .noPasswordGrant(by: "IPSIE SL1 §3.2.1"),
            .shortCodes(by: "IPSIE SL1 §3.2.1"),
            .claims(["acr", "amr", "auth_time", "session_expiry"], by: "IPSIE SL1 §3.2.1, §3.2.2"),
            .singleAudience(by: "IPSIE SL1 §3.2.1, §3.2.2"),
            .startByThirdParty(by: "IPSIE SL1 §3.2.2; Core §4"),
            .returnPaths(by: "IPSIE SL1 §3.2.2"),
            .assertionAudience(by: "IPSIE SL1 §3.2.2"),
            .boundTokens(by: "IPSIE SL1 §3.2.1, §3.2.2; RFC 9449"),
            .proofNonces(by: "IPSIE SL1 §3.2.2; RFC 9449 §8"),
            .shortNonce(by: "IPSIE SL1 §3.2.2"),
        ])
}

enum SigningNames {
    /// The algorithms with a public key.
    static let publicKey = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "Ed448",
    ]
}
