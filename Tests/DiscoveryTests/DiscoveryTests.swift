import Discovery
import OAuthTypes
import TestSupport
import Testing
import WireFormats

struct DiscoveryTests {
    private func discovery(
        _ transport: some HTTPTransport, issuer: String = "https://login.example", clock: ManualClock = ManualClock()
    ) throws -> Discovery {
        try Discovery(issuer: Issuer(issuer, allowing: .loopback), transport: transport, clock: clock.wall)
    }

    private func refusal(of response: TransportResponse) async throws -> DiscoveryError? {
        let discovery = try discovery(ScriptedTransport(response))
        do throws(DiscoveryError) {
            _ = try await discovery.metadata()
            return nil
        } catch {
            return error
        }
    }

    private func refusal(changing changes: [String: String?]) async throws -> DiscoveryError? {
        try await refusal(of: .json(DiscoveryFixture.document(changes)))
    }

    @Test func readsWhatAProviderSays() async throws {
        let transport = ScriptedTransport(
            .json(
                DiscoveryFixture.document([
                    "userinfo_endpoint": #""https://login.example/me""#,
                    "end_session_endpoint": #""https://login.example/out""#,
                    "revocation_endpoint": #""https://login.example/revoke""#,
                    "scopes_supported": #"["openid","email"]"#,
                    "token_endpoint_auth_methods_supported": #"["client_secret_post"]"#,
                    "id_token_signing_alg_values_supported": #"["ES256","RS256","none"]"#,
                    "authorization_response_iss_parameter_supported": "true",
                    "response_types_supported": #"["code","id_token"]"#,
                    "x_unknown": #"{"a":[1]}"#,
                ])))
        let metadata = try await discovery(transport).metadata()
        #expect(metadata.issuer.text == "https://login.example")
        #expect(metadata.jwksURI.text == "https://keys.example/jwks")
        #expect(metadata.userinfoEndpoint?.text == "https://login.example/me")
        #expect(metadata.endSessionEndpoint?.text == "https://login.example/out")
        #expect(metadata.revocationEndpoint?.text == "https://login.example/revoke")
        #expect(metadata.scopesSupported == ["openid", "email"])
        #expect(metadata.tokenEndpointAuthMethodsSupported == ["client_secret_post"])
        #expect(metadata.idTokenSigningAlgValuesSupported == ["ES256", "RS256", "none"])
        #expect(metadata.authorizationResponseIssParameterSupported)
        #expect(metadata.document["x_unknown"]?.objectValue?["a"] == [1])
        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(request.url.text == "https://login.example/.well-known/openid-configuration")
        #expect(transport.limits.first?.maximumBodyOctets == 524_288)
    }

    @Test func leavesOpenWhatAProviderIsSilentAbout() async throws {
        let metadata = try await discovery(
            ScriptedTransport(.json(DiscoveryFixture.document(["userinfo_endpoint": "null"])))
        ).metadata()
        #expect(metadata.userinfoEndpoint == nil)
        #expect(metadata.tokenEndpointAuthMethodsSupported == nil)
        #expect(metadata.idTokenSigningAlgValuesSupported == ["RS256"])
        #expect(!metadata.authorizationResponseIssParameterSupported)
    }

    @Test(arguments: [
        "https://login.example/", "https://LOGIN.example", "https://login.example:443", "http://login.example",
        "https://login.example.evil.example", "https://evil.example", "https://login.example\u{301}", "",
    ])
    func refusesTheDocumentOfAnotherIssuer(_ published: String) async throws {
        let refusal = try await refusal(changing: ["issuer": "\"\(published)\""])
        #expect(refusal?.code == "discovery_issuer_mismatch")
        let text = try #require(refusal?.description)
        #expect(text.contains("expected the issuer 'https://login.example'") && text.contains("LOGIN_ISSUER"))
        // What a foreign document says is nothing to set blindly.
        #expect(text.contains("found '") && text.contains("manual") && !text.contains("exactly"))
    }

    @Test func pointsOutADifferenceInTheSlashAtTheEnd() async throws {
        let slash = try await refusal(changing: ["issuer": #""https://login.example/""#])
        #expect(slash?.description.contains("trailing slash") == true)
        #expect(slash?.description.contains("'https://login.example/'") == true)
        let other = try await refusal(changing: ["issuer": #""https://evil.example""#])
        #expect(other?.description.contains("trailing slash") == false)
    }

    @Test func showsNoMoreOfAForeignIssuerThanALine() async throws {
        let long = "https://x\\n\\u0000<b>" + String(repeating: "y", count: 5_000)
        let text = try #require(try await refusal(changing: ["issuer": "\"\(long)\""])?.description)
        #expect(text.utf8.count < 1_000)
        #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }

    @Test(arguments: ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
    func namesTheMemberThatIsMissing(_ name: String) async throws {
        #expect(try await refusal(changing: [name: String?.none]) == .missing(name))
        #expect(try await refusal(changing: [name: "null"]) == .missing(name))
        #expect(try await refusal(changing: [name: "1"]) == .invalid(name))
    }

    @Test(arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri"])
    func demandsHTTPSOfEveryEndpointThatALoginNeeds(_ name: String) async throws {
        for url in [
            "http://login.example/x", "file:///etc/passwd", "ftp://login.example/", "data:,x", "http://localhost/x",
        ] {
            #expect(try await refusal(changing: [name: "\"\(url)\""]) == .endpoint(name, .url(.scheme)), "\(url)")
        }
        #expect(
            try await refusal(changing: [name: #""https://login.example/x#y""#]) == .endpoint(name, .url(.fragment)))
    }

    @Test func acceptsPlaintextOnLoopbackWhenAsked() async throws {
        let local = [
            "issuer": "\"http://localhost:3002\"", "authorization_endpoint": "\"http://localhost:3002/a\"",
            "token_endpoint": "\"http://127.0.0.1:3002/t\"", "jwks_uri": "\"http://[::1]:3002/k\"",
        ]
        let issuer = try Issuer("http://localhost:3002", allowing: .loopback)
        let document = DiscoveryFixture.document(local.mapValues(Optional.some))
        let discovery = Discovery(
            issuer: issuer, transport: ScriptedTransport(.json(document)), clock: ManualClock().wall,
            allowing: .loopback)
        #expect(try await discovery.metadata().jwksURI.text == "http://[::1]:3002/k")
    }

    @Test func refusesAProviderWithoutTheCodeFlow() async throws {
        #expect(try await refusal(changing: ["response_types_supported": #"["id_token"]"#]) == .codeFlowUnsupported)
        #expect(try await refusal(changing: ["response_types_supported": "[]"]) == .codeFlowUnsupported)
        #expect(try await refusal(changing: ["response_types_supported": #""code""#]) == nil)
        #expect(try await refusal(changing: ["response_types_supported": #""code id_token""#]) == nil)
    }

    @Test(arguments: [
        (TransportResponse.json("<html>", type: "text/html"), DiscoveryError.contentType("text/html")),
        (.json("<html>"), .malformed), (.json("[]"), .malformed), (.json(""), .malformed),
        (.json("{}"), .missing("issuer")),
        (.json("{}", status: 404), .status(404)), (.json("{}", status: 503), .status(503)),
        (
            .json("{}", status: 302, fields: [("Location", "https://evil.example/?a=b")]),
            .redirected(status: 302, to: "https://evil.example/")
        ),
        (.json("{}", status: 204), .status(204)), (.json("{}", status: 206), .status(206)),
        (.json(String(repeating: "{\"a\":", count: 10_000)), .malformed),
    ])
    func refusesWhatIsNoDocument(_ response: TransportResponse, expected: DiscoveryError) async throws {
        #expect(try await refusal(of: response) == expected)
    }

    @Test func namesTheFaultOfASettingWhileItWaits() async throws {
        let transport = ScriptedTransport(.json(DiscoveryFixture.document()))
        let discovery = try discovery(transport, issuer: "https://login.example/")
        let issuer = try Issuer("https://login.example/")
        let mismatch = DiscoveryError.issuerMismatch(configured: issuer, published: "https://login.example")
        for _ in 0..<3 {
            await #expect(throws: mismatch) { try await discovery.metadata() }
        }
        #expect(transport.requests.count == 1)
    }

    @Test func asksAgainAfterAProviderThatWasDown() async throws {
        let down = TransportError(.connectionFailed, sent: .nothing)
        let transport = ScriptedTransport([.failure(down), .success(.json(DiscoveryFixture.document()))])
        let clock = ManualClock()
        let discovery = try discovery(transport, clock: clock)
        await #expect(throws: DiscoveryError.transport(down)) { try await discovery.metadata() }
        await #expect(throws: DiscoveryError.unavailable) { try await discovery.metadata() }
        #expect(transport.requests.count == 1)
        clock.advance(seconds: 1)
        #expect(try await discovery.metadata().issuer.text == "https://login.example")
    }

    @Test(arguments: [
        (nil, 3600), ("max-age=600", 600), ("max-age=1", 60), ("max-age=999999", 86_400), ("no-store", 60),
    ])
    func keepsTheDocumentAsLongAsItsServerSays(_ cacheControl: String?, age: Int64) async throws {
        let fields = cacheControl.map { [("Cache-Control", $0)] } ?? []
        let answer = TransportResponse.json(DiscoveryFixture.document(), fields: fields)
        let transport = ScriptedTransport(answer, answer)
        let clock = ManualClock()
        let discovery = try discovery(transport, clock: clock)
        _ = try await discovery.metadata()
        clock.advance(seconds: age - 1)
        _ = try await discovery.metadata()
        #expect(transport.requests.count == 1)
        clock.advance(seconds: 1)
        _ = try await discovery.metadata()
        #expect(transport.requests.count == 2)
    }

    @Test func servesTheLastGoodDocumentForADayWhileFetchingFails() async throws {
        let transport = ScriptedTransport(.json(DiscoveryFixture.document()))
        let clock = ManualClock()
        let discovery = try discovery(transport, clock: clock)
        #expect(discovery.current == nil)
        _ = try await discovery.metadata()
        clock.advance(seconds: 3600 + 86_399)
        #expect(try await discovery.metadata().issuer.text == "https://login.example")
        #expect(discovery.current != nil)
        clock.advance(seconds: 100)
        await #expect(throws: DiscoveryError.self) { try await discovery.metadata() }
        #expect(discovery.current == nil)
    }

    @Test func fetchesOnceForEveryone() async throws {
        let transport = ScriptedTransport(.json(DiscoveryFixture.document()))
        let discovery = try discovery(transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await discovery.metadata() } }
            try await group.waitForAll()
        }
        #expect(transport.requests.count == 1)
    }
}
