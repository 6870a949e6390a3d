import AuthURL
import DevAuthServer
import JOSE
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import TokenExchange
import WireFormats

/// Whole logins at the development server, which checks what it is sent: every client authentication, every way of a request
/// and of a response, each with each.
@Suite struct BreadthTests {
    static let key = Result { try SigningKey.generate(.es256) }
    static let secret = "0123456789abcdef0123456789abcdef"

    struct Way: Sendable, CustomTestStringConvertible {
        let authentication: DevClientAuthentication
        let isPushed, isSigned: Bool
        let mode: AuthorizationRequest.ResponseMode

        var testDescription: String {
            "\(authentication), \(isPushed ? "pushed" : "plain"), \(isSigned ? "signed" : "unsigned"), \(mode.rawValue)"
        }
    }

    static let ways = [DevClientAuthentication.secretBasic, .secretPost, .secretJWT, .privateKeyJWT, .none].flatMap {
        one in
        [(false, false), (true, false), (false, true), (true, true)].flatMap { pushed, signed in
            [AuthorizationRequest.ResponseMode.query, .formPost, .queryJWT, .formPostJWT].map {
                Way(authentication: one, isPushed: pushed, isSigned: signed, mode: $0)
            }
        }
    }

    private func fixture(_ way: Way) throws -> FlowFixture {
        let key = try Self.key.get()
        let keys = try JWKSet(jwks: SigningKey.jwkSet([key]))
        return try FlowFixture(
            secret: Self.secret,
            configure: {
                $0.clientKeys = ClientKeyRing(ClientKeys(key))
                $0.clientCredential = Self.credential(way.authentication)
                $0.responseMode = way.mode
                $0.pushedRequests = way.isPushed ? .always : .never
                $0.signedRequests = way.isSigned ? .always : .never
            },
            client: {
                $0.authentication = way.authentication
                $0.secret = ClientSecret(Self.secret)
                $0.keys = keys
                $0.assertionAudience = .issuer
                $0.requiresPushedRequest = way.isPushed
                $0.requiresSignedRequest = way.isSigned
            })
    }

    private static func credential(_ authentication: DevClientAuthentication) -> ClientCredential {
        switch authentication {
        case .secretPost: .secret(ClientSecret(secret), method: .clientSecretPost)
        case .secretJWT: .secretJWT(ClientSecret(secret))
        case .privateKeyJWT: .privateKeyJWT()
        case .none: .none
        case .secret, .secretBasic: .secret(ClientSecret(secret), method: .clientSecretBasic)
        }
    }

    @Test(arguments: ways) func eachWayLogsIn(_ way: Way) async throws {
        let fixture = try fixture(way)
        var browser = try fixture.browser()
        #expect(try await fixture.logIn(&browser).text == "user subject-a")
        #expect(fixture.events.refusals == [])
        #expect(fixture.events.events.filter { $0.name == "provider.deviation" }.isEmpty)
        #expect(fixture.events.events.filter { $0.name == "login.pushed" }.count == (way.isPushed ? 1 : 0))
    }

    /// What authenticates or signs is never part of what is logged, shown or thrown.
    @Test(arguments: ways.filter { $0.mode == .formPostJWT }) func noSecretIsToldToAnyone(_ way: Way) async throws {
        let fixture = try fixture(way)
        var browser = try fixture.browser()
        _ = try await fixture.logIn(&browser)
        let pem = String(decoding: try Self.key.get().pem(), as: UTF8.self)
        let told = fixture.events.events.map { "\($0)" }.joined()
        #expect(!told.contains(Self.secret))
        #expect(!told.contains(pem.split(separator: "\n")[1]))
        let forms = fixture.transport.requests.compactMap {
            try? FormEncoding.decode(String(decoding: $0.body, as: UTF8.self))
        }
        #expect(!forms.isEmpty)
        for form in forms {
            for name in ["client_assertion", "request", "code", "code_verifier"] {
                guard let value = form.onlyValue(named: name) else { continue }
                #expect(!told.contains(value), "\(name)")
            }
        }
        var shown = ""
        dump(fixture.flow.settings, to: &shown)
        #expect(!shown.contains(Self.secret))
    }
}
