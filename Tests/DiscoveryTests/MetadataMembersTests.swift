import Discovery
import OAuthTypes
import TestSupport
import Testing

/// One row of the table at ``ProviderMetadata`` each.
struct MetadataMembersTests {
    private typealias Lists = KeyPath<ProviderMetadata, [String]?> & Sendable
    private typealias Endpoints = KeyPath<ProviderMetadata, EndpointURL?> & Sendable
    private typealias Flags = KeyPath<ProviderMetadata, Bool> & Sendable

    private static let endpoints: [(String, any Endpoints)] = [
        ("userinfo_endpoint", \.userinfoEndpoint), ("end_session_endpoint", \.endSessionEndpoint),
        ("revocation_endpoint", \.revocationEndpoint),
        ("pushed_authorization_request_endpoint", \.pushedAuthorizationRequestEndpoint),
    ]
    private static let advice: [(String, any Lists)] = [
        ("scopes_supported", \.scopesSupported), ("claims_supported", \.claimsSupported),
        ("response_types_supported", \.responseTypesSupported), ("response_modes_supported", \.responseModesSupported),
        ("grant_types_supported", \.grantTypesSupported), ("prompt_values_supported", \.promptValuesSupported),
        ("token_endpoint_auth_methods_supported", \.tokenEndpointAuthMethodsSupported),
    ]
    private static let strict: [(String, any Lists)] = [
        ("userinfo_signing_alg_values_supported", \.userinfoSigningAlgValuesSupported),
        ("dpop_signing_alg_values_supported", \.dpopSigningAlgValuesSupported),
        ("code_challenge_methods_supported", \.codeChallengeMethodsSupported),
    ]
    private static let demands: [(String, any Flags)] = [
        ("authorization_response_iss_parameter_supported", \.authorizationResponseIssParameterSupported),
        ("require_pushed_authorization_requests", \.requiresPushedAuthorizationRequests),
        ("require_signed_request_object", \.requiresSignedRequestObject),
        ("tls_client_certificate_bound_access_tokens", \.tlsClientCertificateBoundAccessTokens),
    ]

    private func notes(_ metadata: ProviderMetadata) -> [String] { metadata.deviations.map(\.description) }

    @Test(
        arguments: [
            (#""""#, "an empty text, taken for absent"), ("null", "null, taken for absent"),
            ("1", "not a text, taken for absent"), ("[]", "not a text, taken for absent"),
            (#""http://login.example/x""#, "not a URL that may be used, taken for absent"),
            (#""https://login.example/x#y""#, "not a URL that may be used, taken for absent"),
            (#""file:///etc/passwd""#, "not a URL that may be used, taken for absent"),
        ])
    func aBadEndpointCostsItsOwnFeatureOnly(_ value: String, form: String) async throws {
        for (name, path) in Self.endpoints {
            let metadata = try await DiscoveryFixture.metadata([name: value])
            #expect(metadata[keyPath: path] == nil, "\(name)")
            #expect(notes(metadata) == ["metadata \(name): \(form)"])
        }
    }

    @Test func readsEveryMemberByTheBookWithoutANote() async throws {
        var changes: [String: String?] = ["id_token_signing_alg_values_supported": #"["ES256"]"#]
        for (name, _) in Self.endpoints { changes[name] = #""https://login.example/\#(name)""# }
        for (name, _) in Self.advice + Self.strict { changes[name] = #"["code","x"]"# }
        for (name, _) in Self.demands { changes[name] = "true" }
        let metadata = try await DiscoveryFixture.metadata(changes)
        for (name, path) in Self.endpoints {
            #expect(metadata[keyPath: path]?.text == "https://login.example/\(name)")
        }
        for (name, path) in Self.advice + Self.strict { #expect(metadata[keyPath: path] == ["code", "x"], "\(name)") }
        for (name, path) in Self.demands { #expect(metadata[keyPath: path], "\(name)") }
        #expect(metadata.idTokenSigningAlgValuesSupported == ["ES256"])
        #expect(metadata.deviations.isEmpty)
    }

    @Test func leavesEveryMemberOpenThatIsAbsent() async throws {
        let metadata = try await DiscoveryFixture.metadata([:])
        for (name, path) in Self.endpoints { #expect(metadata[keyPath: path] == nil, "\(name)") }
        for (name, path) in Self.advice + Self.strict { #expect(metadata[keyPath: path] == nil, "\(name)") }
        for (name, path) in Self.demands { #expect(!metadata[keyPath: path], "\(name)") }
        #expect(metadata.deviations.isEmpty)
    }

    /// Community Solid Server writes token_endpoint_auth_methods_supported as a text.
    @Test func takesATextForAListOfOne() async throws {
        for (name, path) in Self.advice + Self.strict {
            let metadata = try await DiscoveryFixture.metadata([name: #""code""#])
            #expect(metadata[keyPath: path] == ["code"], "\(name)")
            #expect(notes(metadata) == ["metadata \(name): a text instead of a list"])
        }
        let scopes = try await DiscoveryFixture.metadata(["scopes_supported": #""openid email""#])
        #expect(scopes.scopesSupported == ["openid", "email"])
    }

    @Test(arguments: ["1", "{}", "true", #"["a",1]"#, "[null]"])
    func takesAnAdviceThatCannotBeReadForAbsent(_ value: String) async throws {
        for (name, path) in Self.advice {
            let metadata = try await DiscoveryFixture.metadata([name: value])
            #expect(metadata[keyPath: path] == nil, "\(name)")
            #expect(notes(metadata) == ["metadata \(name): not a list of texts, taken for absent"])
        }
    }

    @Test(arguments: ["1", "{}", "true", #"["RS256",1]"#, "[null]", #""""#])
    func believesNothingOfAnAlgorithmListThatCannotBeRead(_ value: String) async throws {
        for (name, path) in Self.strict {
            let metadata = try await DiscoveryFixture.metadata([name: value])
            #expect(metadata[keyPath: path] == [], "\(name)")
            #expect(notes(metadata) == ["metadata \(name): not a list of texts, nothing in it is believed"])
        }
        let name = "id_token_signing_alg_values_supported"
        let metadata = try await DiscoveryFixture.metadata([name: value])
        #expect(metadata.idTokenSigningAlgValuesSupported == [])
        #expect(notes(metadata) == ["metadata \(name): not a list of texts, nothing in it is believed"])
    }

    @Test func takesATextForTheOneAlgorithm() async throws {
        let metadata = try await DiscoveryFixture.metadata(["id_token_signing_alg_values_supported": #""ES256""#])
        #expect(metadata.idTokenSigningAlgValuesSupported == ["ES256"])
        #expect(try await DiscoveryFixture.metadata([:]).idTokenSigningAlgValuesSupported == ["RS256"])
    }

    @Test(arguments: [#""true""#, #""false""#, "1", "0", "[]", "{}", #""""#])
    func neverSwitchesACheckOffByADemandThatCannotBeRead(_ value: String) async throws {
        for (name, path) in Self.demands {
            let metadata = try await DiscoveryFixture.metadata([name: value])
            #expect(metadata[keyPath: path], "\(name)")
            #expect(notes(metadata) == ["metadata \(name): neither true nor false, taken for true"])
        }
    }

    @Test(arguments: ["false", "null"]) func heedsADemandThatIsDenied(_ value: String) async throws {
        for (name, path) in Self.demands {
            #expect(try await !DiscoveryFixture.metadata([name: value])[keyPath: path], "\(name)")
        }
    }

    @Test func survivesADocumentFullOfNonsense() async throws {
        var changes: [String: String?] = [:]
        for (name, _) in Self.endpoints { changes[name] = "{}" }
        for (name, _) in Self.advice + Self.strict { changes[name] = "{}" }
        for (name, _) in Self.demands { changes[name] = "{}" }
        for number in 0..<100 { changes["x_\(number)"] = "{}" }
        let metadata = try await DiscoveryFixture.metadata(changes)
        #expect(metadata.tokenEndpoint.text == "https://login.example/token")
        #expect(metadata.deviations.count == 18)
    }
}
