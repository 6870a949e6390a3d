import AuthURL
import OAuthTypes
import TestSupport
import Testing

struct PendingLoginEncodingTests {
    private func decode(
        _ octets: [UInt8], issuer: String = "https://login.example", clientID: String = "shop",
        redirectURI: String = "https://app.example/callback"
    ) throws -> PendingLogin? {
        try PendingLogin(
            decoding: octets, issuer: Issuer(issuer), clientID: ClientID(clientID),
            redirectURI: EndpointURL(redirectURI))
    }

    private func richLogin() throws -> StartedLogin {
        var request = try LoginFixture.request()
        request.maxAge = .seconds(3600)
        request.acrValues = ["urn:a", "urn:b"]
        request.responseMode = .formPost
        request.prompt = [.consent]
        request.circumstances = [.retried]
        var provider = try LoginFixture.provider()
        provider.authorizationResponseIssParameterSupported = true
        return try LoginFixture.start(request, at: provider, returningTo: #require(ReturnPath("/cart?item=1")))
    }

    @Test func readsWhatItWrote() throws {
        let written = try richLogin().pending
        let read = try #require(try decode(written.encoded()))
        #expect(read.nonce == written.nonce)
        #expect(read.codeVerifier.exposedText == written.codeVerifier.exposedText)
        #expect(read.maxAge == .seconds(3600))
        #expect(read.acrValues == ["urn:a", "urn:b"])
        #expect(read.responseMode == .formPost)
        #expect(read.expectsIss)
        #expect(read.traits == [.askedProfile, .askedConsent, .retried])
        #expect(read.returnPath.text == "/cart?item=1")
        #expect(read.correlationID == "c0ffee")
        #expect(read.createdAt == LoginFixture.now)
        #expect(read.encoded() == written.encoded())
    }

    @Test func judgesAfterReadingAsBefore() throws {
        let login = try LoginFixture.start()
        let read = try #require(try decode(login.pending.encoded()))
        let callback = try AuthorizationResponse(query: "code=x&state=\(login.state)")
        let grant = try read.judge(callback, at: LoginFixture.now)
        #expect(grant.code.exposedText == "x")
        let foreign = try AuthorizationResponse(query: "code=x&state=other")
        #expect(throws: AuthorizationResponseValidationError.stateMismatch) { () throws in
            _ = try read.judge(foreign, at: LoginFixture.now)
        }
    }

    @Test func keepsNoStateInClear() throws {
        let login = try LoginFixture.start()
        let octets = login.pending.encoded()
        let state = Array(login.state.utf8)
        #expect(!octets.indices.contains { octets[$0...].starts(with: state) })
    }

    @Test func belongsToOneIssuerClientAndRedirectURI() throws {
        let octets = try LoginFixture.start().pending.encoded()
        #expect(try decode(octets) != nil)
        #expect(try decode(octets, issuer: "https://login.example/") == nil)
        #expect(try decode(octets, clientID: "other") == nil)
        #expect(try decode(octets, redirectURI: "https://app.example/callback2") == nil)
    }

    @Test func refusesOctetsThatDoNotFit() throws {
        let octets = try richLogin().pending.encoded()
        for count in 0..<octets.count { #expect(try decode(Array(octets[..<count])) == nil, "\(count)") }
        #expect(try decode(octets + [0]) == nil)
        #expect(try decode([3] + octets.dropFirst()) == nil)
        #expect(try decode([octets[0], 0xFF] + octets.dropFirst(2)) == nil)
    }

    @Test func readsWhatTheReleaseBeforeItWrote() throws {
        let octets = try richLogin().pending.encoded()
        let before = try #require(try decode([1, octets[1]] + octets.dropFirst(3)))
        #expect(before.traits == [])
        #expect(before.expectsIss && before.maxAge == .seconds(3600))
    }

    @Test func survivesEveryMutation() throws {
        let octets = try richLogin().pending.encoded()
        var random = SeededRandom(seed: 11)
        for _ in 0..<5_000 {
            var mutated = octets
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                mutated[Int.random(in: mutated.indices, using: &random)] = UInt8.random(
                    in: .min ... .max, using: &random)
            }
            let read = try decode(mutated)
            #expect(read == nil || read?.encoded().count == mutated.count)
        }
    }

    // A cookie's name, '=', base64url of nonce, tag and a little more, and '; ': what sealing adds.
    private func cookieOctets(_ login: PendingLogin) -> Int {
        "__Host-login-123456789012".utf8.count + 3 + (login.encoded().count + 34 + 2) / 3 * 4
    }

    @Test func fitsTenTimesIntoTheCookies() throws {
        let request = try LoginFixture.request(
            clientID: String(repeating: "c", count: 32), redirectURI: "https://www.shop.example.com/account/callback")
        let provider = try LoginFixture.provider(issuer: "https://dev-0123456789.eu.auth0.example/")
        let path = try #require(ReturnPath("/" + String(repeating: "p", count: 63)))
        let login = try LoginFixture.start(
            request, at: provider, returningTo: path, correlationID: "0123456789abcdef")
        #expect(login.pending.encoded().count <= 240)
        #expect(cookieOctets(login.pending) * 10 <= 4096)
    }

    @Test func fitsOnceWithTheLongestValues() throws {
        var request = try LoginFixture.request()
        request.maxAge = .seconds(Int64.max)
        request.acrValues = [String(repeating: "a", count: 512)]
        let path = try #require(ReturnPath("/" + String(repeating: "p", count: 2047)))
        let login = try LoginFixture.start(
            request, returningTo: path, correlationID: String(repeating: "c", count: 64))
        #expect(cookieOctets(login.pending) <= 4096)
    }
}
