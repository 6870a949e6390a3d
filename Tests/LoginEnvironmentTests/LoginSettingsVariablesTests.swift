import AuthURL
import JOSE
import LoginEnvironment
import LoginFlow
import OAuthTypes
import TestSupport
import Testing
import TokenExchange

struct LoginSettingsVariablesTests {
    @Test func readsWhatALoginNeeds() throws {
        let settings = try LoginSettings(variables: .complete())
        #expect(settings.issuer.text == "https://login.example/")
        #expect(settings.clientID.text == "web")
        #expect(settings.clientCredential.clientSecret?.exposedText == EnvironmentVariables.secret)
        #expect(settings.baseURL.text == "https://app.example")
        #expect(settings.plaintext == .refused)
        guard case .discovered = settings.provider else { return #expect(Bool(false)) }
    }

    @Test(
        arguments: [
            ("issuer", .issuer), ("token-endpoint", .tokenEndpoint), ("endpoint", .endpoint), ("", .issuer),
        ] as [(String, ClientAssertion.Audience)])
    func namesWhomAssertionsAreFor(_ text: String, audience: ClientAssertion.Audience) throws {
        let settings = try LoginSettings(
            variables: .complete([
                "LOGIN_CLIENT_AUTH": "client_secret_jwt", "LOGIN_CLIENT_ASSERTION_AUDIENCE": text,
            ]))
        guard case .secretJWT(_, _, let assertion) = settings.clientCredential else { return #expect(Bool(false)) }
        #expect(assertion.audience == audience)
    }

    @Test func leavesTheDefaultsOfTheFlowAlone() throws {
        let settings = try LoginSettings(variables: .complete())
        #expect(settings.scope == nil && settings.audience == nil && settings.clientCredential.methodName == nil)
        #expect(settings.idTokenAlgorithms == nil && settings.prompt.isEmpty && settings.deviations.isEmpty)
        #expect(settings.offlineAccess == .automatic)
    }

    struct Reading: Sendable, CustomTestStringConvertible {
        let name, value: String
        let holds: @Sendable (LoginSettings) -> Bool

        init(_ name: String, _ value: String, holds: @escaping @Sendable (LoginSettings) -> Bool) {
            (self.name, self.value, self.holds) = (name, value, holds)
        }

        var testDescription: String { "\(name)=\(value)" }
    }

    @Test(arguments: [
        Reading("LOGIN_SCOPE", "openid email") { $0.scope?.contains("email") == true },
        Reading("LOGIN_AUDIENCE", "https://api.example") { $0.audience == "https://api.example" },
        Reading("LOGIN_CLIENT_AUTH", "client_secret_post") { $0.clientCredential.methodName == "client_secret_post" },
        Reading("LOGIN_CLIENT_AUTH", "client_secret_jwt") {
            $0.clientCredential.methodName == "client_secret_jwt"
        },
        Reading("LOGIN_CLIENT_AUTH", "none") { $0.clientCredential.methodName == "none" },
        Reading("LOGIN_CLIENT_AUTH", "tls_client_auth") { $0.clientCredential.methodName == "tls_client_auth" },
        Reading("LOGIN_CLIENT_AUTH", "self_signed_tls_client_auth") {
            $0.clientCredential.methodName == "self_signed_tls_client_auth"
        },
        Reading("LOGIN_RESPONSE_MODE", "form_post.jwt") { $0.responseMode == .formPostJWT },
        Reading("LOGIN_THIRD_PARTY", "on") { $0.routes.initiateLogin == "/initiate-login" },
        Reading("LOGIN_THIRD_PARTY", "off") { $0.routes.initiateLogin == nil },
        Reading("LOGIN_PAR", "on") { $0.pushedRequests == .always },
        Reading("LOGIN_JAR", "off") { $0.signedRequests == .never },
        Reading("LOGIN_MAX_AGE", "3600") { $0.maxAge == .seconds(3_600) },
        Reading("LOGIN_ACR", "phr phrh") { $0.acrValues == ["phr", "phrh"] },
        Reading("LOGIN_RESOURCE", "https://a.example/ urn:b") { $0.resources == ["https://a.example/", "urn:b"] },
        Reading("LOGIN_CLIENT_AUTH", "automatic") { $0.clientCredential.methodName == nil },
        Reading("LOGIN_CLIENT_AUTH", "") { $0.clientCredential.methodName == nil },
        Reading("LOGIN_METADATA_URL", "https://other.example/metadata") {
            guard case .document(let address, let issuer) = $0.provider else { return false }
            return address.text == "https://other.example/metadata" && issuer.text == "https://login.example/"
        },
        Reading("LOGIN_ID_TOKEN_ALG", "ES256, RS256") { $0.idTokenAlgorithms == [.es256, .rs256] },
        Reading("LOGIN_PROMPT", "login,consent") { $0.prompt == [.login, .consent] },
        Reading("LOGIN_PROMPT", "select_account") { $0.prompt == [.selectAccount] },
        Reading("LOGIN_OFFLINE_ACCESS", "with-consent") { $0.offlineAccess == .withConsent },
        Reading("LOGIN_OFFLINE_ACCESS", "never") { $0.offlineAccess == .never },
        Reading("LOGIN_TRUSTED_AUDIENCES", "a, b") { $0.deviations == [.trustedAudiences(["a", "b"])] },
        Reading("LOGIN_DEVIATIONS", "sha256-eddsa-hash,new-auth-time-at-refresh") {
            $0.deviations == [.sha256EdDSAHash, .newAuthTimeAtRefresh]
        },
        Reading("LOGIN_DEVIATIONS", "hs256-client-secret unencoded-basic-secret") {
            $0.deviations == [.hs256ByClientSecret, .unencodedBasicSecret]
        },
        Reading("LOGIN_DEVIATIONS", "linkedin@https://login.example/") {
            $0.deviations.first?.boundIssuer == "https://login.example/"
        },
        Reading("LOGIN_ENV", "Production") { $0.plaintext == .refused },
        Reading("LOGIN_BASE_URL", "https://app.example/") { $0.baseURL.text == "https://app.example/" },
    ])
    func readsEachVariable(_ reading: Reading) throws {
        #expect(reading.holds(try LoginSettings(variables: .complete([reading.name: reading.value]))))
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let changes: [String: String?]
        let name, problem, fix: String

        init(_ changes: [String: String?], _ name: String? = nil, problem: String, fix: String) {
            self.changes = changes
            self.name = name ?? changes.keys.first ?? ""
            self.problem = problem
            self.fix = fix
        }

        var testDescription: String { "\(changes): \(problem)" }
    }

    @Test(arguments: [
        Fault(["LOGIN_ISSUER": nil], problem: "not set", fix: "exactly as the provider spells it"),
        Fault(["LOGIN_ISSUER": ""], problem: "not set", fix: "exactly"),
        Fault(["LOGIN_ISSUER": "login.example"], problem: "https://", fix: "exactly"),
        Fault(["LOGIN_ISSUER": "http://login.example"], problem: "https://", fix: "exactly"),
        Fault(["LOGIN_ISSUER": "https://login.example/?a"], problem: "query", fix: "exactly"),
        Fault(["LOGIN_CLIENT_ID": nil], problem: "not set", fix: "registration"),
        Fault(["LOGIN_CLIENT_ID": "a\nb"], problem: "client", fix: "registration"),
        Fault(["LOGIN_CLIENT_SECRET": nil], problem: "not set", fix: "client secret"),
        Fault(["LOGIN_BASE_URL": nil], problem: "not set", fix: "https://app.example"),
        Fault(["LOGIN_BASE_URL": "app.example"], problem: "https://", fix: "https://app.example"),
        Fault(["LOGIN_BASE_URL": "https://app.example/app"], problem: "has a path", fix: "origin alone"),
        Fault(["LOGIN_BASE_URL": "https://app.example?x"], problem: "query", fix: "origin alone"),
        Fault(["LOGIN_BASE_URL": "http://localhost:3000"], problem: "LOGIN_ENV says production", fix: "https"),
        Fault(["LOGIN_ISSUER": "http://localhost:1"], problem: "LOGIN_ENV says production", fix: "https"),
        Fault(["LOGIN_METADATA_URL": "http://localhost:1/x"], problem: "LOGIN_ENV says production", fix: "https"),
        Fault(
            ["LOGIN_ISSUER": "http://localhost:1", "LOGIN_ENV": "development"], "LOGIN_ISSUER",
            problem: "the app is not on loopback", fix: "https"),
        Fault(["LOGIN_METADATA_URL": "ftp://x"], problem: "https://", fix: "metadata document"),
        Fault(["LOGIN_SCOPE": "profile"], problem: "contains openid", fix: "openid profile email"),
        Fault(["LOGIN_CLIENT_AUTH": "basic"], problem: "'basic' is not known", fix: "client_secret_post"),
        Fault(["LOGIN_CLIENT_AUTH": "private_key_jwt"], "LOGIN_CLIENT_KEY", problem: "not set", fix: "PEM"),
        Fault(["LOGIN_CLIENT_KEY": "/nowhere/key.pem"], problem: "cannot be read", fix: "JWK"),
        Fault(["LOGIN_CLIENT_KEY": "/dev/zero"], problem: "no regular file", fix: "JWK"),
        Fault(["LOGIN_JAR": "on"], "LOGIN_CLIENT_KEY", problem: "signed requests have no key", fix: "clientKeys"),
        Fault(["LOGIN_THIRD_PARTY": "yes"], problem: "'yes' is not known", fix: "on or off"),
        Fault(["LOGIN_PAR": "yes"], problem: "'yes' is not known", fix: "auto"),
        Fault(["LOGIN_RESPONSE_MODE": "fragment"], problem: "'fragment' is not known", fix: "form_post.jwt"),
        Fault(["LOGIN_MAX_AGE": "-1"], problem: "not a number of seconds", fix: "3600"),
        Fault(["LOGIN_MAX_AGE": "99999999999999999999"], problem: "not a number of seconds", fix: "3600"),
        Fault(["LOGIN_RESOURCE": "api"], problem: "absolute URIs", fix: "RFC 8707"),
        Fault(
            ["LOGIN_CLIENT_AUTH": "client_secret_jwt", "LOGIN_CLIENT_SECRET": "short"], "LOGIN_CLIENT_SECRET",
            problem: "cannot sign", fix: "32 octets"),
        Fault(
            ["LOGIN_CLIENT_ASSERTION_AUDIENCE": "token"], problem: "'token' is not known", fix: "token-endpoint"),
        Fault(["LOGIN_ID_TOKEN_ALG": "RS256,HS256"], problem: "'HS256' is not known", fix: "ES256"),
        Fault(["LOGIN_ID_TOKEN_ALG": ","], problem: "", fix: ""),
        Fault(["LOGIN_PROMPT": "always"], problem: "'always' is not known", fix: "select_account"),
        Fault(["LOGIN_PROMPT": "none login"], problem: "none stands beside", fix: "none alone"),
        Fault(["LOGIN_OFFLINE_ACCESS": "yes"], problem: "'yes' is not known", fix: "with-consent"),
        Fault(["LOGIN_DEVIATIONS": "everything"], problem: "'everything' is not known", fix: "linkedin@ISSUER"),
        Fault(["LOGIN_DEVIATIONS": "linkedin"], problem: "bound to the issuer", fix: "Leave it out"),
        Fault(["LOGIN_DEVIATIONS": "linkedin@x"], problem: "is not known", fix: "linkedin@ISSUER"),
        Fault(
            ["LOGIN_DEVIATIONS": "hs256-client-secret", "LOGIN_CLIENT_SECRET": "short"], "LOGIN_DEVIATIONS",
            problem: "32 octets", fix: "longer"),
        Fault(["LOGIN_ENV": "prod"], problem: "'prod' is not known", fix: "development or production"),
    ])
    func namesVariableFaultAndFix(_ expected: Fault) throws {
        guard !expected.problem.isEmpty else {
            _ = try LoginSettings(variables: .complete(expected.changes))
            return
        }
        let error = #expect(throws: SettingsError.self) { try LoginSettings(variables: .complete(expected.changes)) }
        let faults = error?.faults ?? []
        #expect(faults.map(\.setting) == [expected.name])
        #expect(faults.first?.problem.contains(expected.problem) == true, "\(faults)")
        #expect(faults.first?.fix.contains(expected.fix) == true, "\(faults)")
    }

    @Test func acceptsHTTPOnLoopbackInDevelopmentOnly() throws {
        #expect(try LoginSettings(variables: .development()).plaintext == .loopback)
        #expect(
            try LoginSettings(variables: .development(["LOGIN_BASE_URL": "https://localhost:8443"])).plaintext
                == .loopback)
        #expect(try LoginSettings(variables: .complete(["LOGIN_ENV": nil])).plaintext == .refused)
    }

    /// Whoever can write the file chooses the key that the app vouches with.
    @Test func refusesAKeyThatOthersMayWrite() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/key.pem"
        try LocalProcess.run(["sh", "-c", "touch \"$1\" && chmod 666 \"$1\"", "sh", path])
        let error = #expect(throws: SettingsError.self) {
            try LoginSettings(variables: .complete(["LOGIN_CLIENT_KEY": path]))
        }
        #expect(error?.faults.map(\.setting) == ["LOGIN_CLIENT_KEY"])
        #expect(error?.faults.first?.problem.contains("others may write it") == true)
        withExtendedLifetime(folder) {}
    }

    @Test func boundsWhatItRepeatsOfAValue() {
        let long = "\u{1B}[2J" + String(repeating: "x", count: 10_000)
        let error = #expect(throws: SettingsError.self) {
            try LoginSettings(variables: .complete(["LOGIN_PROMPT": long]))
        }
        #expect(error?.description.utf8.count ?? 0 < 300)
        #expect(error?.description.unicodeScalars.contains("\u{1B}") == false)
    }
}
