import Discovery
import OAuthTypes
import TestSupport
import Testing

/// Where metadata comes from: the issuer's own address, another one, a redirect, or a document written by hand.
struct DiscoverySourceTests {
    private static let address = "https://tenant.example/.well-known/openid-configuration"

    private func discovery(
        _ transport: some HTTPTransport, at address: String? = nil, clock: ManualClock = ManualClock()
    ) throws -> Discovery {
        try Discovery(
            issuer: Issuer("https://login.example"), document: address.map { try EndpointURL($0) },
            transport: transport, clock: clock.wall)
    }

    private func redirect(to location: String, status: Int = 302) -> TransportResponse {
        TransportResponse(status: status, fields: [HeaderField("Location", location)].compactMap { $0 })
    }

    private func refusal(_ discovery: Discovery) async -> DiscoveryError? {
        do throws(DiscoveryError) {
            _ = try await discovery.metadata()
            return nil
        } catch { return error }
    }

    /// Oracle's document at the tenant's host names the common issuer.
    @Test func readsTheDocumentAtAnotherAddressThanTheIssuers() async throws {
        let transport = ScriptedTransport(.json(DiscoveryFixture.document()))
        let metadata = try await discovery(transport, at: Self.address).metadata()
        #expect(metadata.issuer.text == "https://login.example")
        #expect(transport.requests.map(\.url.text) == [Self.address])
    }

    /// What the error advises has to lead to a login.
    @Test func theAdviceOfAnIssuerMismatchLeadsSomewhere() async throws {
        let document = DiscoveryFixture.document(["issuer": #""https://common.example""#])
        let tenant = try Discovery(
            issuer: Issuer("https://tenant.example"), transport: ScriptedTransport(.json(document)),
            clock: ManualClock().wall)
        let advice = try #require(await refusal(tenant)?.description)
        #expect(advice.contains("keep that address as the document's and set the issuer apart from it"))
        let followed = try Discovery(
            issuer: Issuer("https://common.example"), document: EndpointURL(Self.address),
            transport: ScriptedTransport(.json(document)), clock: ManualClock().wall)
        #expect(try await followed.metadata().issuer.text == "https://common.example")
    }

    @Test func comparesTheIssuerExactlyAtAnotherAddressToo() async throws {
        for issuer in ["https://tenant.example", "https://login.example/", "https://LOGIN.example"] {
            let transport = ScriptedTransport(.json(DiscoveryFixture.document(["issuer": "\"\(issuer)\""])))
            let refusal = await refusal(try discovery(transport, at: Self.address))
            #expect(refusal?.code == "discovery_issuer_mismatch", "\(issuer)")
        }
    }

    @Test func pointsToTheSettingWhereNoDocumentIsFound() async throws {
        let text = await refusal(try discovery(ScriptedTransport(.json("", status: 404))))?.description
        #expect(text?.contains("answered 404: check the issuer (LOGIN_ISSUER)") == true)
        #expect(text?.contains("set that address as the document's") == true)
    }

    /// Nextcloud redirects from the well-known address within its origin.
    @Test(
        arguments: [301, 302, 303, 307, 308],
        [
            "https://login.example/index.php/config", "/index.php/config", "https://LOGIN.example:443/index.php/config",
            "//login.example/index.php/config", "/index.php/config#part",
        ])
    func followsOneRedirectWithinTheOrigin(_ status: Int, location: String) async throws {
        let transport = ScriptedTransport(
            redirect(to: location, status: status), .json(DiscoveryFixture.document()))
        let metadata = try await discovery(transport).metadata()
        #expect(transport.requests.count == 2)
        let second = try #require(transport.requests.last)
        #expect(second.url.path == "/index.php/config" && second.method == .get)
        #expect(second.url.origin.description == "https://login.example")
        #expect(
            metadata.deviations.map(\.description) == [
                "metadata: a redirect within its origin; set the address it leads to"
            ])
    }

    @Test(arguments: [
        "https://evil.example/x", "http://login.example/x", "https://login.example:8443/x", "//evil.example/x",
        "https://login.example@evil.example/x", "https://login.example.evil.example/x", "file:///etc/passwd",
        "ftp://login.example/x", "data:application/json,x", "", "\\\\evil.example/x", "https:evil.example/x",
    ])
    func followsNoRedirectElsewhere(_ location: String) async throws {
        let transport = ScriptedTransport(redirect(to: location), .json(DiscoveryFixture.document()))
        let refusal = await refusal(try discovery(transport))
        #expect(refusal == .redirected(status: 302, to: location))
        #expect(refusal?.description.contains(location) == true)
        #expect(refusal?.mayPass == false)
        #expect(transport.requests.count == 1)
    }

    @Test func followsNoSecondRedirectAndSaysWhereItLeads() async throws {
        let transport = ScriptedTransport(
            redirect(to: "/a"), redirect(to: "/b?secret#c"), .json(DiscoveryFixture.document()))
        #expect(await refusal(try discovery(transport)) == .redirected(status: 302, to: "/b"))
        #expect(transport.requests.count == 2)
    }

    @Test func followsNoRedirectWithoutOneLocation() async throws {
        var twice = redirect(to: "/a")
        twice.fields += twice.fields
        for answer in [
            TransportResponse(status: 302), twice, TransportResponse(status: 304), redirect(to: "/a", status: 300),
        ] {
            let transport = ScriptedTransport(answer, .json(DiscoveryFixture.document()))
            #expect(await refusal(try discovery(transport))?.code == "discovery_redirected")
            #expect(transport.requests.count == 1)
        }
    }

    @Test func showsNoMoreOfAForeignLocationThanALine() async throws {
        let long = "https://x/<b>\u{E9}" + String(repeating: "y", count: 5_000)
        let text = try #require(await refusal(try discovery(ScriptedTransport(redirect(to: long))))?.description)
        #expect(text.utf8.count < 1_000)
        #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }

    @Test(
        arguments: [
            (.json("\u{FEFF}" + DiscoveryFixture.document()), "metadata: a byte order mark at the beginning"),
            (
                .json(DiscoveryFixture.document(), type: "text/plain"),
                "metadata Content-Type: another media type than JSON's"
            ),
            (
                TransportResponse(status: 200, body: Array(DiscoveryFixture.document().utf8)),
                "metadata Content-Type: another media type than JSON's"
            ),
            (.json(DiscoveryFixture.document(), status: 203), "metadata: a status other than 200"),
            (
                .json(DiscoveryFixture.document(), fields: [("Content-Encoding", "gzip")]),
                "metadata: a content coding although 'identity' was requested"
            ),
        ] as [(TransportResponse, String)])
    func readsWhatIsFineButForItsForm(_ answer: TransportResponse, note: String) async throws {
        let transport = ScriptedTransport(answer)
        let metadata = try await discovery(transport).metadata()
        #expect(metadata.deviations.map(\.description) == [note])
        #expect(transport.requests.first?.fields.values(named: "Accept-Encoding") == ["identity"])
    }

    /// Waiting does not help with a wrongly configured server.
    @Test(
        arguments: [
            (.bodyTooLarge, false), (.fieldsTooLarge, false), (.protocolViolation, false), (.tls, false),
            (.contentCoding("br"), false), (.timedOut, true), (.connectionFailed, true), (.connectionLost, true),
            (.unknownHost, true), (.unavailable, true),
        ] as [(TransportError.Reason, Bool)])
    func tellsWhatMayPassFromWhatWillNot(_ reason: TransportError.Reason, mayPass: Bool) async throws {
        let failure = TransportError(reason, sent: .maybe)
        let discovery = try discovery(ScriptedTransport(failure))
        #expect(await refusal(discovery) == .transport(failure))
        #expect(DiscoveryError.transport(failure).mayPass == mayPass)
        // What will not pass is still told while the next attempt waits.
        #expect(await refusal(discovery) == (mayPass ? .unavailable : .transport(failure)))
    }

    @Test func refusesADocumentBeyondTheBoundForGood() async throws {
        let transport = ScriptedTransport(.json(String(repeating: " ", count: 524_289)))
        #expect(await refusal(try discovery(transport))?.mayPass == false)
    }

    @Test func handsOverMetadataThatWasSetByHand() async throws {
        var provider = try ProviderMetadata(
            issuer: Issuer("https://login.example"),
            authorizationEndpoint: EndpointURL("https://login.example/authorize"),
            tokenEndpoint: EndpointURL("https://login.example/token"),
            jwksURI: EndpointURL("https://login.example/keys"))
        provider.userinfoEndpoint = try EndpointURL("https://login.example/me")
        let discovery = Discovery(fixed: provider, clock: ManualClock().wall)
        #expect(discovery.issuer == provider.issuer)
        #expect(discovery.current?.userinfoEndpoint?.text == "https://login.example/me")
        #expect(try await discovery.metadata().jwksURI == provider.jwksURI)
        #expect(try await discovery.metadata(newerThan: discovery.mark, cause: .direct).jwksURI == provider.jwksURI)
    }
}

/// `jwks_uri` may have moved when a token has an unknown `kid`.
struct RefetchTests {
    private let clock = ManualClock()
    private let moved = DiscoveryFixture.document(["jwks_uri": #""https://keys.example/new""#])

    private func discovery(_ transport: some HTTPTransport) throws -> Discovery {
        try Discovery(issuer: Issuer("https://login.example"), transport: transport, clock: clock.wall)
    }

    @Test func findsTheKeysAtTheirNewAddress() async throws {
        let transport = ScriptedTransport(.json(DiscoveryFixture.document()), .json(moved))
        let discovery = try discovery(transport)
        #expect(try await discovery.metadata().jwksURI.text == "https://keys.example/jwks")
        let metadata = try await discovery.metadata(newerThan: discovery.mark, cause: .direct)
        #expect(metadata.jwksURI.text == "https://keys.example/new")
        #expect(discovery.current?.jwksURI.text == "https://keys.example/new")
    }

    @Test func fetchesForTokensFromOutsideOnceAMinute() async throws {
        let document = TransportResponse.json(DiscoveryFixture.document())
        let transport = ScriptedTransport(document, document, .json(moved))
        let discovery = try discovery(transport)
        _ = try await discovery.metadata()
        for _ in 0..<1_000 { _ = try await discovery.metadata(newerThan: discovery.mark, cause: .outside) }
        #expect(transport.requests.count == 2)
        clock.advance(seconds: 60)
        let metadata = try await discovery.metadata(newerThan: discovery.mark, cause: .outside)
        #expect(metadata.jwksURI.text == "https://keys.example/new")
        #expect(transport.requests.count == 3)
    }

    @Test func keepsWhatItHoldsWhenTheNewDocumentIsOfAnotherIssuerOrDoesNotCome() async throws {
        let foreign = DiscoveryFixture.document(["issuer": #""https://evil.example""#])
        let transport = ScriptedTransport(.json(DiscoveryFixture.document()), .json(foreign))
        transport.thenFail(.timedOut)
        let discovery = try discovery(transport)
        _ = try await discovery.metadata()
        for _ in 0..<2 {
            let metadata = try await discovery.metadata(newerThan: discovery.mark, cause: .direct)
            #expect(metadata.issuer.text == "https://login.example")
            #expect(metadata.jwksURI.text == "https://keys.example/jwks")
            clock.advance(seconds: 2)
        }
        #expect(transport.requests.count == 3)
    }

    @Test func saysWhyWhenNothingIsHeld() async throws {
        let transport = ScriptedTransport(.json("{}", status: 404))
        let discovery = try discovery(transport)
        await #expect(throws: DiscoveryError.status(404)) {
            try await discovery.metadata(newerThan: discovery.mark, cause: .outside)
        }
        await #expect(throws: DiscoveryError.status(404)) {
            try await discovery.metadata(newerThan: discovery.mark, cause: .outside)
        }
        #expect(transport.requests.count == 1)
    }
}
