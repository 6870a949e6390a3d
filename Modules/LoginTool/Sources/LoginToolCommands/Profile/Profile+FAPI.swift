extension Profile {
    static let fapi2Security = Profile(
        name: "fapi2-security", title: "FAPI 2.0 Security Profile, final", requirements: securityRequirements)

    static let fapi2MessageSigning = Profile(
        name: "fapi2-message-signing",
        title:
            "FAPI 2.0 Message Signing, final: signed requests and responses of the authorization endpoint, on top of the "
            + "Security Profile",
        requirements: securityRequirements + [
            .signedRequests(by: "FAPI 2.0 Message Signing §5.3.1 (1), §5.3.2 (1)"),
            .requestObjectClaims(by: "FAPI 2.0 Message Signing §5.3.2 (2–4)"),
            .signedResponses(by: "FAPI 2.0 Message Signing §5.4.1, §5.4.2"),
            .signedResponseAlgorithm(by: "FAPI 2.0 Security §5.4.1 (1)"),
        ])

    private static let securityRequirements: [Requirement] = [
        .https(by: "FAPI 2.0 Security §5.2.1"),
        .metadata(by: "FAPI 2.0 Security §5.3.2.1 (1), §5.3.3.1 (9–11)"),
        .noPasswordGrant(by: "FAPI 2.0 Security §5.3.2.1 (2)"),
        .confidentialClients(by: "FAPI 2.0 Security §5.3.2.1 (3)"),
        .boundTokens(by: "FAPI 2.0 Security §5.3.2.1 (4, 5), §5.3.3.1 (1)"),
        .proofNonces(by: "FAPI 2.0 Security §5.3.3.1 (8); RFC 9449 §8"),
        .keyAuthentication(by: "FAPI 2.0 Security §5.3.2.1 (6), §5.3.3.1 (2)"),
        .assertionAudience(by: "FAPI 2.0 Security §5.3.3.1 (5)"),
        .shortCodes(by: "FAPI 2.0 Security §5.3.2.1 (12)"),
        .headerTokens(by: "FAPI 2.0 Security §5.3.3.1 (3)"),
        .returnPaths(by: "FAPI 2.0 Security §5.3.3.1 (4)"),
        .refreshValidation(by: "FAPI 2.0 Security §5.3.3.1 (6)"),
        .protectedStart(by: "FAPI 2.0 Security §5.3.3.1 (12)"),
        .codeFlow(by: "FAPI 2.0 Security §5.3.2.2 (1), §5.3.3.2 (1)"),
        .pushedRequests(by: "FAPI 2.0 Security §5.3.2.2 (2), §5.3.3.2 (2)"),
        .pushedRequestsOnly(by: "FAPI 2.0 Security §5.3.2.2 (3), §5.3.3.2 (6)"),
        .pkce(by: "FAPI 2.0 Security §5.3.2.2 (5), §5.3.3.2 (3, 4)"),
        .responseIssuer(by: "FAPI 2.0 Security §5.3.2.2 (7), §5.3.3.2 (5)"),
        .redirectURI(by: "FAPI 2.0 Security §5.3.2.2 (8)"),
        .listedAlgorithm(Requirement.strongAlgorithms, by: "FAPI 2.0 Security §5.4.1 (1)"),
        .noUnsigned(by: "FAPI 2.0 Security §5.4.1 (1)"),
        .shortNonce(by: "FAPI 2.0 Security §5.3.3.2 (7)"),
    ]
}
