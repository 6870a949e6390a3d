import AuthURL
import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Credentials that would be sent where they must not, and logins that nothing would protect.
@Suite struct CredentialFaultTests {
    private func faults(_ change: (inout LoginSettings) throws -> Void) throws -> [String] {
        do {
            _ = try OddApp(configure: change)
            return []
        } catch let error as SettingsError { return error.faults.map(\.setting) }
    }

    @Test func applesSecretGoesToAppleOnly() throws {
        let key = try SigningKey.generate(.es256, keyID: KeyID("KEY1234567"))
        let secret = try AppleClientSecret(team: "A1B2C3D4E5", signer: key)
        #expect(try faults { $0.clientCredential = .appleSecret(secret) } == ["clientCredential"])
        #expect(
            try faults {
                $0.issuer = try Issuer("https://appleid.apple.com")
                $0.clientCredential = .appleSecret(secret)
            } == [])
    }

    @Test func withoutPKCETheClientAuthenticates() throws {
        let issuer = try Issuer(OddProvider.issuer)
        #expect(try faults { $0.deviations = [.linkedIn(issuer: issuer)] } == [])
        #expect(
            try faults {
                $0.deviations = [.linkedIn(issuer: issuer)]
                $0.clientCredential = .none
            } == ["deviations"])
    }

    @Test func aProviderThatSignsResponsesOtherwiseIsRefusedBeforeAUserLeaves() async throws {
        let bend: @Sendable (inout OddProvider.Bends) -> Void = {
            $0.metadata = { $0["authorization_signing_alg_values_supported"] = ["PS256"] }
        }
        let app = try OddApp(bend: bend, configure: { $0.responseMode = .queryJWT })
        #expect(await app.begin().reply.status == 500)
        #expect(app.diagnosis.contains("responseAlgorithms"))
        let named = try OddApp(
            bend: bend,
            configure: {
                $0.responseMode = .queryJWT
                $0.responseAlgorithms = [.ps256]
            })
        #expect(await named.begin().reply.status == 303)
    }

    @Test func aParameterDoesNotSpeakForTheRequestObject() async throws {
        let app = try OddApp(
            bend: { $0.metadata = { $0["request_object_signing_alg_values_supported"] = ["ES256"] } },
            configure: {
                $0.clientKeys = ClientKeyRing(ClientKeys(try ClientCredentialTests.key.get()))
                $0.signedRequests = .always
                $0.extraParameters = [("aud", "https://elsewhere.example"), ("sub", "web-app"), ("note", "n")]
            })
        let (_, claims) = try AssertionSent.parts(try #require(await app.begin().parameter("request")))
        #expect(claims["aud"]?.stringValue == OddProvider.issuer)
        #expect(claims["sub"] == nil)
        #expect(claims["note"] == "n")
    }
}
