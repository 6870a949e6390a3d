import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

@Suite struct ProviderSourceTests {
    @Test func aDocumentAtAnotherAddressServesItsIssuer() async throws {
        let app = try OddApp(
            bend: { $0.metadataPath = "/tenant-7/metadata" },
            configure: {
                $0.provider = .document(
                    at: try EndpointURL("https://op.example/tenant-7/metadata"), issuer: try Issuer(OddProvider.issuer))
            })
        #expect(await app.logIn().beginsSession)
    }

    @Test(arguments: ["https://op.example/", "https://op.example/tenant-7", "https://evil.example"])
    func theIssuerIsComparedExactlyWhereverTheDocumentIs(_ other: String) async throws {
        let app = try OddApp(
            bend: { $0.metadataPath = "/m" },
            configure: {
                $0.provider = .document(at: try EndpointURL("https://op.example/m"), issuer: try Issuer(other))
            })
        #expect(await app.begin().reply.status == 500)
        #expect(app.diagnosis.contains("'\(other)'") && app.diagnosis.contains("'https://op.example'"))
    }

    @Test func metadataByHandIsHeldToItsIssuer() async throws {
        var metadata = try OddApp.byHand()
        metadata.issuer = try Issuer("https://op.example/other")
        let app = try OddApp(configure: { $0.provider = .fixed(metadata) })
        #expect(await app.logIn().status == 502)
        #expect(app.events.refusals == ["id_token_refused"])
    }

    struct Follow: CustomTestStringConvertible, Sendable {
        let listed: [JSONValue]
        let algorithm: SignatureAlgorithm
        var testDescription: String { "\(listed) → \(algorithm)" }
    }

    static let followed: [Follow] = [
        Follow(listed: ["ES256"], algorithm: .es256), Follow(listed: ["PS256", "HS256", "none"], algorithm: .ps256),
        Follow(listed: ["EdDSA"], algorithm: .edDSA), Follow(listed: ["Ed25519", "EdDSA"], algorithm: .edDSA),
        Follow(listed: ["ES256", "ES256"], algorithm: .es256),
    ]

    private func app(_ listed: [JSONValue], signing algorithm: SignatureAlgorithm, set: SignatureAlgorithms? = nil)
        throws
        -> OddApp
    {
        let key = try SigningKey.generate(algorithm)
        return try OddApp(
            bend: {
                $0.metadata = { $0["id_token_signing_alg_values_supported"] = .array(listed) }
                $0.signer = { try key.signed(type: "JWT", claims: $0) }
                $0.keys = ["/jwks": .json(SigningKey.jwkSet([key]))]
            }, configure: { $0.idTokenAlgorithms = set })
    }

    @Test(arguments: followed) func theOnlyPublicKeyAlgorithmThatMetadataNamesIsTaken(_ follow: Follow) async throws {
        #expect(await (try app(follow.listed, signing: follow.algorithm)).logIn().beginsSession)
    }

    @Test func whatTheIntegratorNamedIsTakenAndNothingElse() async throws {
        let app = try app(["RS256", "ES256"], signing: .es256, set: [.es256])
        #expect(await app.logIn().beginsSession)
        let refusing = try self.app(["ES256", "RS256"], signing: .es256, set: [.rs256])
        #expect(await refusing.logIn().status == 502)
    }

    @Test func withSeveralAlgorithmsRS256IsExpectedWhateverATokenSays() async throws {
        let app = try app(["RS256", "ES256"], signing: .es256)
        #expect(await app.logIn().status == 502)
        #expect(app.events.refusals == ["id_token_refused"])
    }

    /// `jwks_uri` moved: an unknown key has the metadata fetched too.
    @Test func keysThatMovedFailNoLogin() async throws {
        let app = try OddApp()
        #expect(await app.logIn().beginsSession)
        let key = try SigningKey.generate(.rs256)
        app.provider.bend {
            $0.metadata = { $0["jwks_uri"] = .string(OddProvider.issuer + "/moved") }
            $0.signer = { try key.signed(type: "JWT", claims: $0) }
            $0.keys = ["/moved": .json(SigningKey.jwkSet([key]))]
        }
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.count("/moved") == 1)
    }

    @Test func keysThatMovedToAnotherIssuersMetadataAreNotFollowed() async throws {
        let app = try OddApp()
        #expect(await app.logIn().beginsSession)
        let key = try SigningKey.generate(.rs256)
        app.provider.bend {
            $0.metadata = {
                $0["issuer"] = "https://evil.example"
                $0["jwks_uri"] = .string(OddProvider.issuer + "/moved")
            }
            $0.signer = { try key.signed(type: "JWT", claims: $0) }
            $0.keys = ["/moved": .json(SigningKey.jwkSet([key]))]
        }
        #expect(await app.logIn().status == 502)
        #expect(app.provider.count("/moved") == 0)
    }

    @Test func whatIsOddInADocumentIsToldOnceAndAgainWhenItChanges() async throws {
        let app = try OddApp(bend: { $0.metadata = { $0["scopes_supported"] = "openid profile" } })
        await app.logIn()
        await app.logIn()
        app.clock.advance(seconds: 90_000)
        await app.logIn()
        let told = app.details("provider.deviation").filter { $0["source"] == "metadata" }
        #expect(told.map { $0["member"] } == ["scopes_supported"])
        app.provider.bend { $0.metadata = { $0["scopes_supported"] = "openid email" } }
        app.clock.advance(seconds: 90_000)
        await app.logIn()
        #expect(app.details("provider.deviation").count == 2)
    }
}
