import Discovery
import JOSE
import OAuthTypes
import TokenExchange

extension Doctor {
    /// The metadata if there is any, and what was found out about it.
    func examineMetadata() async -> (ProviderMetadata?, [Finding]) {
        let discovery = Discovery(
            issuer: settings.issuer, document: settings.metadataURL, transport: transport, clock: clock,
            allowing: settings.plaintext)
        do {
            let metadata = try await discovery.metadata()
            return (metadata, findings(of: metadata))
        } catch { return (nil, [Self.finding(error)]) }
    }

    static func finding(_ error: DiscoveryError) -> Finding {
        switch error {
        case .issuerMismatch(let configured, let published):
            let isSlash = published == configured.text + "/" || configured.text == published + "/"
            return Finding(
                .problem, of: "issuer", text: "the metadata is for '\(published)', the setting is '\(configured)'",
                fix: isSlash
                    ? "the trailing slash counts: set the issuer (LOGIN_ISSUER) to \(published)"
                    : "compare with the provider's console; if the issuer is right and the document is for several "
                        + "issuers, give its address (--metadata-url, LOGIN_METADATA_URL)")
        case .transport(let failure):
            return Finding(.problem, of: "metadata", text: "\(error)", fix: advice(failure.reason))
        case .missing, .invalid, .endpoint, .malformed:
            return Finding(
                .problem, of: "metadata", text: "\(error)",
                fix: "the provider has to correct it; until then, write the metadata yourself (.fixed)")
        case .codeFlowUnsupported:
            return Finding(
                .problem, of: "response-types", text: "\(error)",
                fix: "enable the authorization code flow at the provider")
        default:
            return Finding(
                .problem, of: "metadata", text: "\(error)",
                fix: "open the address in a browser and compare the issuer with the provider's console")
        }
    }

    static func advice(_ reason: TransportError.Reason) -> String {
        switch reason {
        case .unknownHost: "check the spelling of the host, and name resolution on this machine"
        case .connectionFailed: "check host, port and firewall, and whether this machine needs a proxy"
        case .tls: "check the server's certificate; for an authority of your own give --ca-file (LOGIN_CA_FILE)"
        case .timedOut: "check the firewall: packets may be dropped"
        default: "check that the address is the provider's, and what stands in between"
        }
    }

    private func findings(of metadata: ProviderMetadata) -> [Finding] {
        [
            Finding(.ok, of: "issuer", text: "\(settings.issuer): the metadata names it octet for octet"),
            endpoints(metadata), responseTypes(metadata), codeChallenge(metadata), authentication(metadata),
            signatures(metadata),
        ] + demands(metadata)
            + metadata.deviations.map {
                Finding(.warning, of: "metadata", text: "\($0)", fix: "logins work; report it to the provider")
            }
    }

    private func endpoints(_ metadata: ProviderMetadata) -> Finding {
        let required = [metadata.authorizationEndpoint, metadata.tokenEndpoint, metadata.jwksURI]
        let isPlain = required.contains { $0.origin.scheme == "http" }
        let missing = [
            ("userinfo_endpoint", metadata.userinfoEndpoint), ("end_session_endpoint", metadata.endSessionEndpoint),
        ].filter { $0.1 == nil }.map(\.0)
        guard missing.isEmpty else {
            return Finding(
                .ok, of: "metadata", text: "complete; it does not list \(missing.joined(separator: " and "))",
                fix: "without end_session_endpoint a logout ends the app's session only; without userinfo_endpoint the "
                    + "claims are those of the ID token")
        }
        return Finding(
            .ok, of: "metadata", text: isPlain ? "complete; http, which is for development" : "complete, all https")
    }

    private func responseTypes(_ metadata: ProviderMetadata) -> Finding {
        guard let types = metadata.responseTypesSupported, !types.isEmpty else {
            return Finding(.ok, of: "response-types", text: "not listed; the code flow is used")
        }
        return Finding(.ok, of: "response-types", text: "the code flow is listed")
    }

    private func codeChallenge(_ metadata: ProviderMetadata) -> Finding {
        guard !settings.leavesOutPKCE else {
            return Finding(.ok, of: "pkce", text: "left out, as LOGIN_DEVIATIONS says")
        }
        guard let methods = metadata.codeChallengeMethodsSupported else {
            return Finding(
                .warning, of: "pkce", text: "code_challenge_methods_supported is missing; S256 is sent all the same",
                fix: "ask the provider whether it checks PKCE")
        }
        guard methods.contains("S256") else {
            return Finding(
                .warning, of: "pkce", text: "the provider lists \(methods.shown), not S256, which is sent all the same",
                fix: "enable PKCE with S256 for this client")
        }
        return Finding(.ok, of: "pkce", text: "S256 is listed")
    }

    private func authentication(_ metadata: ProviderMetadata) -> Finding {
        let subject = "client-auth"
        let names = metadata.tokenEndpointAuthMethodsSupported ?? ["client_secret_basic"]
        let listed = metadata.tokenEndpointAuthMethodsSupported?.shown ?? "nothing, which means client_secret_basic"
        if let method = settings.authenticationMethod {
            guard names.contains(method) else {
                return Finding(
                    .warning, of: subject,
                    text: "LOGIN_CLIENT_AUTH is \(method); the provider lists \(listed)",
                    fix: "remove LOGIN_CLIENT_AUTH unless this client is registered for that method")
            }
            return Finding(.ok, of: subject, text: "\(method), as set; the provider lists it")
        }
        guard !ClientAuthenticationMethod.offered(by: metadata).isEmpty else {
            return Finding(
                .problem, of: subject, text: "the token endpoint takes no client secret: the provider lists \(listed)",
                fix: "set LOGIN_CLIENT_AUTH to the method that the client is registered for")
        }
        return Finding(.ok, of: subject, text: "the provider lists \(listed)")
    }

    private func signatures(_ metadata: ProviderMetadata) -> Finding {
        guard !settings.usesClientSecretSignatures else {
            return Finding(.ok, of: "id-token-alg", text: "HS256 with the client secret, as LOGIN_DEVIATIONS says")
        }
        let listed = metadata.idTokenSigningAlgValuesSupported
        let accepted = acceptedAlgorithms(metadata)
        let known = listed.compactMap { JWSAlgorithm(rawValue: $0).flatMap(SignatureAlgorithm.init) }
        guard known.contains(where: accepted.contains) else {
            return Finding(
                .problem, of: "id-token-alg",
                text: "the provider lists \(listed.shown); this app accepts \(Self.names(accepted).shown)",
                fix: "set the algorithm that the provider uses for this client (LOGIN_ID_TOKEN_ALG), or change it there"
            )
        }
        return Finding(
            .ok, of: "id-token-alg",
            text: "accepted are \(Self.names(accepted).shown); the provider lists \(listed.shown)")
    }

    // As LoginFlow chooses: the set ones, else the only public-key algorithm of the metadata, else RS256.
    func acceptedAlgorithms(_ metadata: ProviderMetadata) -> SignatureAlgorithms {
        if let set = settings.algorithms { return set }
        let listed = Set(metadata.idTokenSigningAlgValuesSupported.filter { $0 != "none" && !$0.hasPrefix("HS") })
        let known = listed.compactMap { JWSAlgorithm(rawValue: $0).flatMap(SignatureAlgorithm.init) }
        return listed.count == 1 && known.count == 1 ? SignatureAlgorithms(known) : [.rs256]
    }

    static func names(_ algorithms: SignatureAlgorithms) -> [String] {
        SignatureAlgorithm.allCases.filter { algorithms.contains($0) }.map(\.description)
    }

    private func demands(_ metadata: ProviderMetadata) -> [Finding] {
        let fix = "let the provider accept plain authorization requests from this client"
        return [
            metadata.requiresPushedAuthorizationRequests
                ? Finding(
                    .problem, of: "metadata", text: "the provider takes pushed authorization requests only", fix: fix)
                : nil,
            metadata.requiresSignedRequestObject
                ? Finding(.problem, of: "metadata", text: "the provider takes signed request objects only", fix: fix)
                : nil,
        ].compactMap(\.self)
    }
}
