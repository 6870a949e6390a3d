import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

@Suite struct RemoteJWKSetTests {
    let issuer: TestIssuer
    let clock = ManualClock(TestIssuer.now)
    let transport = ScriptedTransport()
    let keys: RemoteJWKSet

    init() throws {
        issuer = try TestIssuer.get()
        keys = RemoteJWKSet(
            try EndpointURL("https://issuer.example/jwks"), of: issuer.issuer, transport: transport, clock: clock.wall)
    }

    private func serve(_ keys: SigningKey..., maxAge: Int? = nil) {
        let fields = maxAge.flatMap { HeaderField("Cache-Control", "public, max-age=\($0)") }.map { [$0] } ?? []
        transport.then(.json(JSONWriter.bytes(SigningKey.jwkSet(keys)), fields: fields))
    }

    private func signed(by key: SigningKey, name: String? = "kid") throws -> String {
        var header: JSONObject = ["alg": "RS256", "typ": "JWT"]
        if let name { header["kid"] = name == "kid" ? key.publicJWK["kid"] : .string(name) }
        return try key.signed(header: header, payload: JSONWriter.bytes(issuer.claims())).exposedText
    }

    /// The code of the refusal; nil when the token was accepted.
    private func verifyDirect(_ token: String) async -> String? {
        let verifier = IDTokenVerifier(keys: keys, algorithms: [.rs256])
        do throws(TokenValidationError) {
            _ = try await verifier.verifyRefreshing(RawIDToken(token), expecting: issuer.expectations(), at: clock.now)
            return nil
        } catch {
            return error.code
        }
    }

    private func verifyFromOutside(_ token: String) async -> String? {
        let verifier = AccessTokenVerifier(
            keys: keys, algorithms: [.rs256], audience: issuer.clientID.text, profile: .auth0)
        do throws(TokenValidationError) {
            _ = try await verifier.verifyRefreshing(AccessToken(token), at: clock.now)
            return nil
        } catch {
            // The signature of that one was good, which is all that is asked here.
            return error.code == "forbidden_nonce" ? nil : error.code
        }
    }

    @Test func fetchesOnceAndKeepsWhatItGot() async throws {
        serve(issuer.key)
        #expect(keys.current.isEmpty)
        for _ in 0..<3 { #expect(try await verifyDirect(signed(by: issuer.key)) == nil) }
        #expect(transport.requests.count == 1)
        #expect(transport.requests.first?.url.text == "https://issuer.example/jwks")
        #expect(transport.requests.first?.replay == .idempotent)
    }

    @Test func sharesOneFetchAmongAll() async throws {
        serve(issuer.key)
        let token = try signed(by: issuer.key)
        let refusals = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<100 { group.addTask { await verifyDirect(token) } }
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(refusals.count == 100)
        #expect(refusals.allSatisfy { $0 == nil })
        #expect(transport.requests.count == 1)
    }

    @Test func fetchesAgainWhenItsTimeIsUp() async throws {
        serve(issuer.key, maxAge: 120)
        serve(issuer.key, maxAge: 120)
        try await keys.prefetch()
        clock.advance(seconds: 119)
        #expect(try await verifyDirect(signed(by: issuer.key)) == nil)
        #expect(transport.requests.count == 1)
        clock.advance(seconds: 1)
        #expect(try await verifyDirect(signed(by: issuer.key)) == nil)
        #expect(transport.requests.count == 2)
    }

    @Test func takesUnchangedKeysOver() async throws {
        serve(issuer.key, maxAge: 60)
        serve(issuer.otherKey, issuer.key, maxAge: 60)
        try await keys.prefetch()
        let first = try #require(keys.current.keys.first)
        clock.advance(seconds: 60)
        try await keys.prefetch()
        #expect(keys.current.keys.count == 2)
        #expect(keys.current.keys.last === first)
    }

    /// Modules oidcc-client-test-signing-key-rotation and …-just-before-signing.
    @Test func aTokenFromTheTokenEndpointFetchesANewKeyAtOnce() async throws {
        serve(issuer.key)
        serve(issuer.key, issuer.otherKey)
        #expect(try await verifyDirect(signed(by: issuer.key)) == nil)
        #expect(try await verifyDirect(signed(by: issuer.otherKey)) == nil)
        #expect(transport.requests.count == 2)
    }

    @Test func aNewKeyUnderTheOldNameOrWithoutAnyIsFetchedToo() async throws {
        let (old, new) = (issuer.key, issuer.otherKey)
        serve(old)
        serve(new)
        serve(old)
        #expect(try await verifyDirect(signed(by: old, name: nil)) == nil)
        #expect(try await verifyDirect(signed(by: new, name: nil)) == nil)
        #expect(try await verifyDirect(signed(by: old, name: nil)) == nil)
        #expect(transport.requests.count == 3)
    }

    @Test func aKeyThatIsNoLongerPublishedIsRevoked() async throws {
        serve(issuer.key, maxAge: 60)
        serve(issuer.otherKey)
        serve(issuer.otherKey)
        #expect(try await verifyDirect(signed(by: issuer.key)) == nil)
        clock.advance(seconds: 60)
        #expect(try await verifyDirect(signed(by: issuer.key)) == "unknown_key")
    }

    @Test func tokensFromOutsideFetchAtMostOnceAMinute() async throws {
        serve(issuer.key)
        serve(issuer.key)
        for number in 0..<10_000 {
            #expect(try await verifyFromOutside(signed(name: "made-up-\(number)")) == "unknown_key")
        }
        #expect(transport.requests.count == 2)
        #expect(try await verifyFromOutside(signed(by: issuer.key)) == nil)
    }

    @Test func aNameThatAFetchDidNotBringCausesNoOtherForFiveMinutes() async throws {
        for _ in 0..<3 { serve(issuer.key) }
        try await keys.prefetch()
        let token = try signed(name: "made-up")
        #expect(await verifyFromOutside(token) == "unknown_key")
        clock.advance(seconds: 299)
        #expect(await verifyFromOutside(token) == "unknown_key")
        #expect(transport.requests.count == 2)
        clock.advance(seconds: 1)
        #expect(await verifyFromOutside(token) == "unknown_key")
        #expect(transport.requests.count == 3)
    }

    @Test func aNewKeyOfATokenFromOutsideIsFoundAfterTheCooldown() async throws {
        serve(issuer.key)
        serve(issuer.key)
        serve(issuer.key, issuer.otherKey)
        try await keys.prefetch()
        _ = try await verifyFromOutside(signed(name: "made-up"))
        #expect(try await verifyFromOutside(signed(by: issuer.otherKey)) == "unknown_key")
        clock.advance(seconds: 60)
        #expect(try await verifyFromOutside(signed(by: issuer.otherKey)) == nil)
        #expect(transport.requests.count == 3)
    }

    /// The first fetch answers the token that caused it: it began after the token had arrived.
    @Test func theFirstTokenCausesOneFetchOnly() async throws {
        serve(issuer.key)
        #expect(try await verifyDirect(signed(name: "made-up")) == "unknown_key")
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        TransportResponse.json("{\"keys\":[]}"), .json("<html>"), .json("{}"),
        .json("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}]}"),
        .json("", status: 503), .json("", status: 302),
    ])
    func neverReplacesAGoodSetByABadOne(_ bad: TransportResponse) async throws {
        serve(issuer.key, maxAge: 60)
        transport.then(bad)
        try await keys.prefetch()
        clock.advance(seconds: 60)
        #expect(try await verifyDirect(signed(by: issuer.key)) == nil)
        #expect(transport.requests.count == 2)
        #expect(keys.current.count == 1)
    }

    @Test func servesAStaleSetForADayAndNoLonger() async throws {
        serve(issuer.key, maxAge: 60)
        try await keys.prefetch()
        clock.advance(seconds: 60 + 86_399)
        #expect(keys.current.count == 1)
        clock.advance(seconds: 1)
        #expect(keys.current.isEmpty)
        transport.thenFail(.connectionFailed)
        #expect(try await verifyDirect(signed(by: issuer.key)) == "keys_unavailable")
    }

    @Test(
        arguments: [
            (.json("{\"keys\":[]}"), .noUsableKey(.none)), (.json("<html>"), .malformedKeySet),
            (.json("", status: 500), .status(500)),
            (.json("", status: 307), .redirected(to: nil)),
            (.json("{}", type: "text/html"), .contentType),
            (.json("", status: 204), .status(204)),
        ] as [(TransportResponse, KeyError)])
    func namesWhatIsWrongWithTheAnswer(_ answer: TransportResponse, _ expected: KeyError) async throws {
        transport.then(answer)
        await #expect(throws: expected) { try await keys.prefetch() }
        // What will not pass is still told while the next attempt waits.
        await #expect(throws: expected.mayPass ? .waiting : expected) { try await keys.prefetch() }
        clock.advance(seconds: 1)
        serve(issuer.key)
        await #expect(throws: Never.self) { try await keys.prefetch() }
    }

    @Test func acceptsTheTypeThatIsRegisteredForKeySets() async throws {
        let type = try #require(HeaderField("Content-Type", "application/jwk-set+json; charset=utf-8"))
        transport.then(
            TransportResponse(status: 200, fields: [type], body: JSONWriter.bytes(SigningKey.jwkSet([issuer.key]))))
        try await keys.prefetch()
        #expect(keys.current.count == 1)
    }

    @Test(
        arguments: [
            ("application/jwk+json", "jwks Content-Type: another media type than JSON's"),
            ("text/plain", "jwks Content-Type: another media type than JSON's"),
            ("", "jwks Content-Type: another media type than JSON's"),
        ])
    func readsASetUnderAnotherType(_ type: String, _ note: String) async throws {
        let set = String(decoding: JSONWriter.bytes(SigningKey.jwkSet([issuer.key])), as: UTF8.self)
        transport.then(.json(set, type: type))
        try await keys.prefetch()
        #expect(keys.current.count == 1)
        #expect(keys.current.deviations.map(\.description) == [note])
    }

    @Test func readsASetBehindAByteOrderMark() async throws {
        transport.then(.json([0xEF, 0xBB, 0xBF] + JSONWriter.bytes(SigningKey.jwkSet([issuer.key]))))
        #expect(try await verifyDirect(signed(by: issuer.key)) == nil)
        #expect(keys.current.deviations.map(\.description) == ["jwks: a byte order mark at the beginning"])
        #expect(transport.requests.first?.fields.values(named: "Accept-Encoding") == ["identity"])
    }

    @Test func followsOneRedirectWithinTheOriginAndNamesAnyOther() async throws {
        let location = { (text: String) in [HeaderField("Location", text)].compactMap(\.self) }
        transport.then(TransportResponse(status: 301, fields: location("/other")))
        serve(issuer.key, maxAge: 60)
        #expect(try await verifyDirect(signed(by: issuer.key)) == nil)
        #expect(transport.requests.last?.url.text == "https://issuer.example/other")
        clock.advance(seconds: 60 + 86_400)
        transport.then(TransportResponse(status: 301, fields: location("https://evil.example/keys?x")))
        let foreign = KeyError.redirected(to: "https://evil.example/keys")
        await #expect(throws: foreign) { try await keys.prefetch() }
        #expect(foreign.description.contains("'https://evil.example/keys'"))
        #expect(transport.requests.count == 3)
    }

    @Test(
        arguments: [
            (.transport(TransportError(.bodyTooLarge, sent: .maybe)), false),
            (.transport(TransportError(.protocolViolation, sent: .maybe)), false),
            (.transport(TransportError(.timedOut, sent: .maybe)), true), (.status(503), true), (.status(404), false),
            (.noUsableKey(.none), false), (.malformedKeySet, false), (.waiting, true), (.contentType, false),
        ] as [(KeyError, Bool)])
    func tellsWhatMayPassFromWhatWillNot(_ error: KeyError, _ mayPass: Bool) {
        #expect(error.mayPass == mayPass)
    }

    @Test func boundsTheBody() async throws {
        transport.then(.json([UInt8](repeating: 0x20, count: 524_289)))
        await #expect(throws: KeyError.transport(TransportError(.bodyTooLarge, sent: .maybe))) {
            try await keys.prefetch()
        }
    }

    /// A token whose signature is never checked, because the key it names is unknown.
    private func signed(name: String) throws -> String {
        let header: JSONObject = ["alg": "RS256", "kid": .string(name)]
        return Base64URL.encode(JSONWriter.bytes(header)) + ".e30."
            + Base64URL.encode([UInt8](repeating: 1, count: 256))
    }
}
