import OAuthTypes
import TestSupport
import Testing
import TokenExchange
import WireFormats

@Suite struct PrivateKeyJWTTests {
    /// Hands over what it was asked to sign instead of a signature.
    private struct Echo: CompactSigner {
        let algorithm = JWSAlgorithm.es256
        let keyID: KeyID? = nil

        func sign(type: String, claims: JSONObject) async throws -> CompactJWS {
            CompactJWS(type + "|" + String(decoding: JSONWriter.bytes(claims), as: UTF8.self))
        }
    }

    private struct Broken: CompactSigner {
        struct SigningFailedError: Error {}
        let algorithm = JWSAlgorithm.es256
        let keyID: KeyID? = nil

        func sign(type: String, claims: JSONObject) async throws -> CompactJWS { throw SigningFailedError() }
    }

    private func parameters(_ authentication: PrivateKeyJWT) async throws -> [String: String] {
        var request = TokenRequest()
        try await authentication.authenticate(
            &request, as: ClientID("shop"), at: EndpointURL("https://login.example/token"))
        #expect(request.fields.isEmpty)
        return Dictionary(uniqueKeysWithValues: request.parameters.map { ($0.name, $0.value) })
    }

    private func authentication(_ audience: PrivateKeyJWT.Audience, type: String = "JWT") -> PrivateKeyJWT {
        PrivateKeyJWT(signer: Echo(), audience: audience, type: type, clock: ManualClock().wall)
    }

    private func claims(_ authentication: PrivateKeyJWT) async throws -> JSONObject {
        let assertion = try await parameters(authentication)["client_assertion"] ?? ""
        return try JSONReader.object(Array(assertion.split(separator: "|").last.map { $0.utf8 } ?? "".utf8[...]))
    }

    @Test func addsAnAssertionToTheForm() async throws {
        let issuer = try Issuer("https://login.example")
        let parameters = try await parameters(authentication(.issuer(issuer), type: "client-authentication+jwt"))
        #expect(Set(parameters.keys) == ["client_id", "client_assertion_type", "client_assertion"])
        #expect(parameters["client_id"] == "shop")
        #expect(parameters["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        #expect(parameters["client_assertion"]?.hasPrefix("client-authentication+jwt|") == true)
    }

    @Test func saysWhatTheStandardRequiresForOneMinute() async throws {
        let claims = try await claims(authentication(.issuer(Issuer("https://login.example"))))
        #expect(claims["iss"] == "shop")
        #expect(claims["sub"] == "shop")
        #expect(claims["aud"] == "https://login.example")
        #expect(claims["iat"] == 1_800_000_000)
        #expect(claims["exp"] == 1_800_000_060)
        #expect(claims["jti"]?.stringValue?.utf8.count == 22)
        #expect(claims.count == 6)
    }

    @Test func namesTheEndpointWhereAServerInsists() async throws {
        #expect(try await claims(authentication(.endpoint))["aud"] == "https://login.example/token")
    }

    @Test func namesEveryAssertionAnew() async throws {
        let authentication = authentication(.endpoint)
        var names: Set<String> = []
        for _ in 0..<100 { names.insert(try await claims(authentication)["jti"]?.stringValue ?? "") }
        #expect(names.count == 100)
    }

    @Test func sendsNothingWhenTheSignerFails() async throws {
        let authentication = PrivateKeyJWT(signer: Broken(), audience: .endpoint)
        let endpoint = try TokenFixture.endpoint(UnreachableTransport(), authentication: authentication)
        await #expect { try await endpoint.requestTokens(for: TokenFixture.grant()) } throws: {
            ($0 as? TokenEndpointError)?.code == "token_client_authentication"
        }
    }

    @Test func printsNoKey() {
        var shown = ""
        dump(authentication(.endpoint), to: &shown)
        #expect(!shown.contains("Echo"))
    }
}
