import WireFormats

// The modules of the Refresh plan and those beside it.
extension HostileProvider.Fault {
    static let refreshing: [HostileProvider.Fault] = [
        refreshTokenReplaced, refreshedIssuerMismatch, refreshedSubjectMismatch, refreshedAudienceMismatch,
        refreshedPartyMismatch, refreshedNonceMismatch, refreshedSignatureInvalid, refreshedUnsigned,
    ]

    /// The provider replaces the refresh token at each use.
    public static let refreshTokenReplaced = HostileProvider.Fault(
        "refreshTokenReplaced", .accept, module: "oidcc-client-test-refresh-token", at: .refresh,
        summary: "replaces the refresh token at each use")

    /// The provider names another issuer in the refreshed ID token.
    public static let refreshedIssuerMismatch = HostileProvider.Fault(
        "refreshedIssuerMismatch", .refuse, module: "oidcc-client-test-refresh-token-invalid-issuer", at: .refresh,
        summary: "names another issuer in the refreshed ID token",
        recipe: .claim("iss", "https://elsewhere.example"))

    /// The provider names another user in the refreshed ID token.
    public static let refreshedSubjectMismatch = HostileProvider.Fault(
        "refreshedSubjectMismatch", .refuse, module: "oidcc-client-test-refresh-token-invalid-sub", at: .refresh,
        summary: "names another user in the refreshed ID token",
        recipe: .claim("sub", "somebody-else"))

    /// The provider names another client in the refreshed ID token.
    public static let refreshedAudienceMismatch = HostileProvider.Fault(
        "refreshedAudienceMismatch", .refuse, module: "oidcc-client-test-refresh-token-invalid-aud", at: .refresh,
        summary: "names another client in the refreshed ID token",
        recipe: .claim("aud", "another-client"))

    /// The provider says in the refreshed ID token that another client is authorized.
    public static let refreshedPartyMismatch = HostileProvider.Fault(
        "refreshedPartyMismatch", .refuse, module: "oidcc-client-test-refresh-token-invalid-azp", at: .refresh,
        summary: "says in the refreshed ID token that another client is authorized",
        recipe: .claim("azp", "another-client"))

    /// The provider writes the nonce of another login into the refreshed ID token.
    public static let refreshedNonceMismatch = HostileProvider.Fault(
        "refreshedNonceMismatch", .refuse, at: .refresh,
        summary: "writes the nonce of another login into the refreshed ID token",
        recipe: .claim("nonce", "of-another-login"))

    /// The provider flips one bit of the signature of the refreshed ID token.
    public static let refreshedSignatureInvalid = HostileProvider.Fault(
        "refreshedSignatureInvalid", .refuse, at: .refresh,
        summary: "flips one bit of the signature of the refreshed ID token",
        recipe: .idToken { $0.signature = .broken })

    /// The provider does not sign the refreshed ID token.
    public static let refreshedUnsigned = HostileProvider.Fault(
        "refreshedUnsigned", .refuse, at: .refresh,
        summary: "does not sign the refreshed ID token",
        recipe: .idToken { $0.signature = .none })
}
