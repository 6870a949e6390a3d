import CryptoPrimitives
import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Deviations that an integrator names for one provider. Each changes a rule for that provider only: PKCE is always
/// sent and the nonce always expected unless `linkedIn` is named, and no token or visitor can name it.
@Suite struct LoginDeviationTests {
    private static let secret = "0123456789abcdef0123456789abcdef"

    private func linkedIn() throws -> LoginDeviation { .linkedIn(issuer: try Issuer(OddProvider.issuer)) }

    @Test func withoutADeviationPKCEIsSentAndTheNonceExpected() async throws {
        let app = try OddApp(bend: { $0.claims = { $0["nonce"] = nil } })
        let login = await app.begin()
        #expect(login.parameter("code_challenge_method") == "S256")
        #expect(await app.comeBack(login).status == 502)
        #expect(app.provider.lastTokenForm.contains("code_verifier="))
    }

    @Test func linkedInWorksWithoutNonceAndPKCE() async throws {
        let app = try OddApp(
            bend: { $0.claims = { $0["nonce"] = nil } }, configure: { $0.deviations = [try linkedIn()] })
        let login = await app.begin()
        #expect(login.parameter("code_challenge") == nil && login.parameter("state") != nil)
        #expect(await app.comeBack(login).beginsSession)
        #expect(!app.provider.lastTokenForm.contains("code_verifier"))
        #expect(Set(app.details("provider.deviation").map { $0["member"] }) == ["nonce", "code_challenge"])
    }

    @Test(arguments: ["another", ""]) func linkedInTakesNoOtherNonce(_ nonce: String) async throws {
        let app = try OddApp(
            bend: { $0.claims = { $0["nonce"] = .string(nonce) } }, configure: { $0.deviations = [try linkedIn()] })
        #expect(await app.logIn().status == 502)
    }

    @Test func linkedInIsBoundToItsIssuer() throws {
        #expect(throws: SettingsError.self) { try OddApp(configure: { $0.deviations = [.linkedIn] }) }
        #expect(throws: SettingsError.self) {
            try OddApp(configure: { $0.deviations = [.linkedIn(issuer: try Issuer("https://op.example/"))] })
        }
        let real = try Issuer("https://www.linkedin.com/oauth")
        _ = try OddApp(configure: {
            $0.provider = .discovered(real)
            $0.deviations = [.linkedIn]
        })
    }

    @Test func furtherAudiencesAreTakenWhenTheyAreTrusted() async throws {
        let audiences: JSONValue = ["web-app", "383168317235462148"]
        let app = try OddApp(
            bend: { $0.claims = { $0["aud"] = audiences } },
            configure: { $0.deviations = [.trustedAudiences(["383168317235462148"])] })
        #expect(await app.logIn().beginsSession)
        let strict = try OddApp(bend: { $0.claims = { $0["aud"] = audiences } })
        #expect(await strict.logIn().status == 502)
        #expect(strict.diagnosis.contains("383168317235462148"), "the diagnosis shows what to name")
        app.provider.bend { $0.claims = { $0["aud"] = ["web-app", "somebody-else"] } }
        #expect(await app.logIn().status == 502)
    }

    private func signedWithTheSecret(_ bends: inout OddProvider.Bends) {
        bends.metadata = { $0["id_token_signing_alg_values_supported"] = ["ES256"] }
        bends.signer = {
            try ClientSecretSigner(secret: ClientSecret(Self.secret), algorithm: .hs256).signed(type: "JWT", claims: $0)
        }
    }

    /// LINE signs with HS256 and the channel secret; its metadata says ES256.
    @Test func aTokenSignedWithTheClientSecretIsTakenOnlyWhereThatWasNamed() async throws {
        let app = try OddApp(bend: signedWithTheSecret, configure: { $0.deviations = [.hs256ByClientSecret] })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.count("/jwks") == 0)
        let strict = try OddApp(bend: signedWithTheSecret)
        #expect(await strict.logIn().status == 502)
    }

    /// It comes directly from the token endpoint, like one signed by a published key.
    @Test func aTokenSignedWithTheClientSecretMayHaveATypeThatNobodyKnows() async throws {
        for (type, isTaken) in [("ID+JWT", true), ("at+jwt", false), ("logout+jwt", false)] {
            let app = try OddApp(
                bend: {
                    signedWithTheSecret(&$0)
                    $0.signer = {
                        let secret = ClientSecret(Self.secret)
                        return try ClientSecretSigner(secret: secret, algorithm: .hs256).signed(type: type, claims: $0)
                    }
                }, configure: { $0.deviations = [.hs256ByClientSecret] })
            #expect(await app.logIn().beginsSession == isTaken, "\(type)")
        }
    }

    @Test func whereTheSecretSignsAPublishedKeyDoesNot() async throws {
        let app = try OddApp(configure: { $0.deviations = [.hs256ByClientSecret] })
        #expect(await app.logIn().status == 502)
    }

    @Test func theHashOfEdDSAIsSHA256OnlyWhereThatWasNamed() async throws {
        let key = try SigningKey.generate(.edDSA)
        let bend: (inout OddProvider.Bends) -> Void = {
            $0.metadata = { $0["id_token_signing_alg_values_supported"] = ["EdDSA"] }
            $0.signer = { try key.signed(type: "JWT", claims: $0) }
            $0.keys = ["/jwks": .json(SigningKey.jwkSet([key]))]
            $0.claims = {
                $0["at_hash"] = .string(Base64URL.encode(SHA2.sha256(Array("access-1".utf8)).prefix(16)))
            }
        }
        let app = try OddApp(bend: bend, configure: { $0.deviations = [.sha256EdDSAHash] })
        #expect(await app.logIn().beginsSession)
        #expect(await (try OddApp(bend: bend)).logIn().status == 502)
    }

    @Test func anUnencodedSecretIsSentOnlyWhereThatWasNamed() async throws {
        let secret = "s%41+b:c&d e=/"
        let app = try OddApp(secret: secret, configure: { $0.deviations = [.unencodedBasicSecret] })
        #expect(await app.logIn().beginsSession)
        let request = try #require(app.provider.requests.last { $0.url.path == "/token" })
        let expected = "Basic " + Base64.encode(Array("web-app:\(secret)".utf8))
        #expect(request.fields.onlyValue(named: "Authorization") == expected)
    }

    @Test func anOddSecretGoesIntoTheFormWhereThatIsListed() async throws {
        let app = try OddApp(
            secret: "s%41+b:c&d e=/",
            bend: {
                $0.metadata = {
                    $0["token_endpoint_auth_methods_supported"] = ["client_secret_basic", "client_secret_post"]
                }
            })
        #expect(await app.logIn().beginsSession)
        #expect(app.provider.lastTokenForm.contains("client_secret="))
    }
}
