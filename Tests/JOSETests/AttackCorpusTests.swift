import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Our own corpus of forged and malformed tokens: every decided case, and no more than 50 ms for any.
@Suite struct AttackCorpusTests {
    @Test(arguments: AttackCorpus.cases.filter { $0.profile == "idtoken" && $0.expected != .either })
    func judgesIDTokenAsDecided(_ attack: AttackCorpus.Case) throws {
        let verdict = AttackCorpus.verify(attack)
        #expect(
            (verdict == nil) == (attack.expected == .accept), "\(attack.why): \(verdict.map { "\($0)" } ?? "accepted")")
    }

    @Test(arguments: AttackCorpus.cases.filter { $0.profile == "idtoken" })
    func answersWithinFiftyMilliseconds(_ attack: AttackCorpus.Case) {
        #expect(ProcessorTime.spent { _ = AttackCorpus.verify(attack) } < ProcessorTime.bound(milliseconds: 50))
    }

    @Test(arguments: AttackCorpus.cases.filter { $0.profile == "idtoken" })
    func refusesEveryIDTokenAsAccessToken(_ attack: AttackCorpus.Case) {
        #expect(throws: AccessTokenError.self) {
            try AttackCorpus.verifyAsAccessToken(attack, .rfc9068, audience: AttackCorpus.clientID)
        }
        #expect(throws: AccessTokenError.self) {
            try AttackCorpus.verifyAsAccessToken(attack, .auth0, audience: "https://api.example")
        }
    }

    @Test func holdsEveryCase() {
        #expect(AttackCorpus.cases.count == 561)
    }
}

enum AttackCorpus {
    enum Expected: String { case accept, reject, either }

    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let profile: String
        let why: String
        let token: String
        let keySet: String
        let expected: Expected
        let algorithms: [String]
        let maxAge: Int64?
        let accessToken: AccessToken?

        var testDescription: String { id }
    }

    private static let document: JSONObject = {
        guard let bytes = try? VectorFile.own("attacks/jwt_attacks.json"),
            let object = try? JSONReader.object(bytes, limits: JSONLimits(octets: 1 << 24))
        else { return [:] }
        return object
    }()

    private static let keySets: [String: [UInt8]] = {
        let sets = document["jwksets"]?.objectValue?.members ?? []
        return Dictionary(sets.map { ($0.name, Array(($0.value.stringValue ?? "").utf8)) }) { first, _ in first }
    }()

    static let cases: [Case] = (document["cases"]?.arrayValue ?? []).compactMap { value in
        guard let json = value.objectValue, let id = json["id"]?.stringValue, let token = json["token"]?.stringValue,
            let expected = json["expect"]?.stringValue.flatMap(Expected.init), let keySet = json["jwks"]?.stringValue
        else { return nil }
        return Case(
            id: id, profile: json["profile"]?.stringValue ?? "", why: json["why"]?.stringValue ?? "", token: token,
            keySet: keySet, expected: expected, algorithms: json["algs"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            maxAge: (json["params"]?.objectValue?["max_age"]?.intValue).map(Int64.init),
            accessToken: (json["params"]?.objectValue?["access_token"]?.stringValue).map(AccessToken.init))
    }

    static let now = UnixTime(seconds: Int64(document["now"]?.intValue ?? 0))
    static let issuer = document["issuer"]?.stringValue ?? ""
    static let clientID = document["client_id"]?.stringValue ?? ""
    static let nonce = document["nonce"]?.stringValue ?? ""

    /// Nil when the token was accepted.
    static func verify(_ attack: Case) -> (any Error)? {
        do {
            var expectations = IDTokenExpectations(
                issuer: try Issuer(issuer), clientID: try ClientID(clientID), nonce: nonce, maxAge: attack.maxAge,
                acceptedACRs: [], accessToken: attack.accessToken, code: nil)
            expectations.leeway = 0
            let verifier = IDTokenVerifier(keys: try keys(of: attack), algorithms: policy(of: attack))
            _ = try verifier.verify(RawIDToken(attack.token), expecting: expectations, at: now)
            return nil
        } catch {
            return error
        }
    }

    static func verifyAsAccessToken(
        _ attack: Case, _ profile: AccessTokenProfile, audience: String
    ) throws(AccessTokenError) {
        guard let keys = try? keys(of: attack) else { throw .token(.unknownKey) }
        let verifier = AccessTokenVerifier(
            keys: keys, algorithms: policy(of: attack), audience: audience, profile: profile)
        _ = try verifier.verify(AccessToken(attack.token), at: now)
    }

    static func keys(of attack: Case) throws -> StaticKeys {
        StaticKeys(try KeySet(jwks: keySets[attack.keySet] ?? []), of: try Issuer(issuer))
    }

    /// HMAC cannot be among them: the type has no room for it.
    static func policy(of attack: Case) -> PublicKeyAlgorithms {
        PublicKeyAlgorithms(
            attack.algorithms.compactMap { JWSAlgorithm(rawValue: $0).flatMap(PublicKeyAlgorithm.init) })
    }
}
