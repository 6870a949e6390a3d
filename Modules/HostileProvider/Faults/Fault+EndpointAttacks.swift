import DevAuthServer
import OAuthTypes
import WireFormats

// Endpoints that answer as no honest provider does.
extension HostileProvider.Fault {
    static let endpointAttacks: [HostileProvider.Fault] = [
        tokenRedirect, tokensAsPage, tokensTwice, hugeTokens, secretInError, tokensUnavailable, metadataRedirect,
        metadataAsPage, metadataTwoIssuers, hugeMetadata, plaintextTokenEndpoint, scriptAuthorizationEndpoint,
        keysRedirect, hugeKeys, userInfoRedirect, userInfoAsPage, userInfoWithoutSubject, hugeUserInfo, pushRedirect,
        pushWithoutReference, pushAsPage,
    ]

    /// The provider redirects the token request to another server.
    public static let tokenRedirect = HostileProvider.Fault(
        "tokenRedirect", .refuse,
        summary: "redirects the token request to another server",
        recipe: .answer(of: .token) { answer, _ in answer = .redirect })

    /// The provider answers the token request with a page.
    public static let tokensAsPage = HostileProvider.Fault(
        "tokensAsPage", .refuse,
        summary: "answers the token request with a page",
        recipe: .answer(of: .token) { answer, _ in answer = .page })

    /// The provider writes the ID token twice into the token response.
    public static let tokensTwice = HostileProvider.Fault(
        "tokensTwice", .refuse,
        summary: "writes the ID token twice into the token response",
        recipe: .answer(of: .token) { answer, _ in
            answer.body = Array(String(decoding: answer.body, as: UTF8.self).dropLast().utf8)
            answer.body += Array(#","id_token":"e30.e30.AA"}"#.utf8)
        })

    /// The provider answers the token request with three megabytes.
    public static let hugeTokens = HostileProvider.Fault(
        "hugeTokens", .refuse,
        summary: "answers the token request with three megabytes",
        recipe: .answer(of: .token) { answer, _ in answer.body += Array(repeating: 0x20, count: 3_000_000) })

    /// The provider repeats what was sent in the error of the token response.
    public static let secretInError = HostileProvider.Fault(
        "secretInError", .refuse,
        summary: "repeats what was sent in the error of the token response",
        recipe: .answer(of: .token) { answer, scene in
            let sent = String(decoding: scene.request.body, as: UTF8.self)
            let words = ((scene.secrets.first?.exposedText).map { [$0] } ?? []) + [sent]
            let body: JSONObject = [
                "error": "invalid_grant", "error_description": .string(words.joined(separator: " ")),
            ]
            answer = .json(400, JSONWriter.bytes(body))
        })

    /// The provider answers the token request with status 503.
    public static let tokensUnavailable = HostileProvider.Fault(
        "tokensUnavailable", .refuse,
        summary: "answers the token request with status 503",
        recipe: .answer(of: .token) { answer, _ in answer = .error(503, "temporarily_unavailable") })

    /// The provider redirects the request for its metadata to another server.
    public static let metadataRedirect = HostileProvider.Fault(
        "metadataRedirect", .refuse,
        summary: "redirects the request for its metadata to another server",
        recipe: .answer(of: .metadata) { answer, _ in answer = .redirect })

    /// The provider answers the request for its metadata with a page.
    public static let metadataAsPage = HostileProvider.Fault(
        "metadataAsPage", .refuse,
        summary: "answers the request for its metadata with a page",
        recipe: .answer(of: .metadata) { answer, _ in answer = .page })

    /// The provider writes the issuer twice into its metadata.
    public static let metadataTwoIssuers = HostileProvider.Fault(
        "metadataTwoIssuers", .refuse,
        summary: "writes the issuer twice into its metadata",
        recipe: .answer(of: .metadata) { answer, _ in
            answer.body = Array(String(decoding: answer.body, as: UTF8.self).dropLast().utf8)
            answer.body += Array(#","issuer":"https://elsewhere.example"}"#.utf8)
        })

    /// The provider has metadata of three megabytes.
    public static let hugeMetadata = HostileProvider.Fault(
        "hugeMetadata", .refuse,
        summary: "has metadata of three megabytes",
        recipe: .answer(of: .metadata) { answer, _ in answer.body += Array(repeating: 0x20, count: 3_000_000) })

    /// The provider names a token endpoint that is reached without TLS.
    public static let plaintextTokenEndpoint = HostileProvider.Fault(
        "plaintextTokenEndpoint", .refuse,
        summary: "names a token endpoint that is reached without TLS",
        recipe: .metadata { $0["token_endpoint"] = "http://elsewhere.example/token" })

    /// The provider names a script as its authorization endpoint.
    public static let scriptAuthorizationEndpoint = HostileProvider.Fault(
        "scriptAuthorizationEndpoint", .refuse,
        summary: "names a script as its authorization endpoint",
        recipe: .metadata { $0["authorization_endpoint"] = "javascript:alert(1)" })

    /// The provider redirects the request for its keys to another server.
    public static let keysRedirect = HostileProvider.Fault(
        "keysRedirect", .refuse,
        summary: "redirects the request for its keys to another server",
        recipe: .answer(of: .keys) { answer, _ in answer = .redirect })

    /// The provider has keys of three megabytes.
    public static let hugeKeys = HostileProvider.Fault(
        "hugeKeys", .refuse,
        summary: "has keys of three megabytes",
        recipe: .answer(of: .keys) { answer, _ in answer.body += Array(repeating: 0x20, count: 3_000_000) })

    /// The provider redirects the UserInfo request to another server.
    public static let userInfoRedirect = HostileProvider.Fault(
        "userInfoRedirect", .refuse, at: .userInfo,
        summary: "redirects the UserInfo request to another server",
        recipe: .lackingClaims(answering: { $0 = .redirect }))

    /// The provider answers the UserInfo request with a page.
    public static let userInfoAsPage = HostileProvider.Fault(
        "userInfoAsPage", .refuse, at: .userInfo,
        summary: "answers the UserInfo request with a page",
        recipe: .lackingClaims(answering: { $0 = .page }))

    /// The provider leaves sub out of the UserInfo response.
    public static let userInfoWithoutSubject = HostileProvider.Fault(
        "userInfoWithoutSubject", .refuse, at: .userInfo,
        summary: "leaves sub out of the UserInfo response",
        recipe: .lackingClaims { $0["sub"] = nil })

    /// The provider answers the UserInfo request with three megabytes.
    public static let hugeUserInfo = HostileProvider.Fault(
        "hugeUserInfo", .refuse, at: .userInfo,
        summary: "answers the UserInfo request with three megabytes",
        recipe: .lackingClaims(answering: { $0.body += Array(repeating: 0x20, count: 3_000_000) }))

    /// The provider redirects the pushed request to another server.
    public static let pushRedirect = HostileProvider.Fault(
        "pushRedirect", .refuse, at: .pushedRequest,
        summary: "redirects the pushed request to another server",
        recipe: .answer(of: .pushedRequest) { answer, _ in answer = .redirect })

    /// The provider answers the pushed request without a reference to it.
    public static let pushWithoutReference = HostileProvider.Fault(
        "pushWithoutReference", .refuse, at: .pushedRequest,
        summary: "answers the pushed request without a reference to it",
        recipe: Recipe(pushed: { members, _ in members["request_uri"] = nil }))

    /// The provider answers the pushed request with a page.
    public static let pushAsPage = HostileProvider.Fault(
        "pushAsPage", .refuse, at: .pushedRequest,
        summary: "answers the pushed request with a page",
        recipe: .answer(of: .pushedRequest) { answer, _ in answer = .page })
}
