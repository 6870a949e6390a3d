import CryptoPrimitives
import JOSE
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// A verifier reads a token by the shape of the one before. Whatever that was, it answers as one that has seen none.
@Suite struct ReusedVerifierTests {
    /// What a verifier says of a token.
    private enum Answer {
        case refused(String)
        /// All claims, and those of ``ForgedTokens/names`` one by one, read now.
        case accepted(read: () -> String)

        var text: String {
            switch self {
            case .refused(let reason): reason
            case .accepted(let read): read()
            }
        }

        init(_ verify: () throws -> (claims: () -> JSONObject, claim: (String) -> JSONValue?)) {
            do {
                let verified = try verify()
                self = .accepted { Self.text(verified.claims(), verified.claim) }
            } catch {
                self = .refused("\(error)")
            }
        }

        static func text(_ claims: JSONObject, _ claim: (String) -> JSONValue?) -> String {
            let each = ForgedTokens.names.map { name in claim(name).map { "\($0)" } ?? "none" }
            return String(decoding: JSONWriter.bytes(claims), as: UTF8.self) + "\(each)"
        }
    }

    private typealias Verify = @Sendable (String) -> Answer

    private static let secret = String(repeating: "secret", count: 6)
    private static let limits = TokenLimits(tokenOctets: 3_000)

    /// By a secret: signing costs nothing, so that there can be many tokens with good signatures.
    private static func bySecret() throws -> Verify {
        let issuer = try TestIssuer.get()
        let verifier = try ClientSecretIDTokenVerifier(
            secret: ClientSecret(secret), algorithm: .hs256, issuer: issuer.issuer, limits: limits)
        return { token in
            Answer {
                let verified = try verifier.verify(
                    RawIDToken(token), expecting: issuer.expectations(), at: TestIssuer.now)
                return ({ verified.claims }, { verified[$0] })
            }
        }
    }

    /// By a set of keys. Access tokens keep the payload that the verifier decoded.
    private static func byKeys(_ keys: some JWKSetSource) -> Verify {
        let verifier = AccessTokenVerifier(
            keys: keys, algorithms: [.rs256, .es256], audience: "client-123", profile: .rfc9068, limits: limits)
        return { token in
            Answer {
                let verified = try verifier.verify(AccessToken(token), at: TestIssuer.now)
                return ({ verified.claims }, { verified[$0] })
            }
        }
    }

    private static func claims(_ changes: [String: String]) -> [String: String] {
        let claims = [
            "iss": #""https://issuer.example""#, "sub": "", "aud": #""client-123""#, "exp": "1760000300",
            "iat": "1759999990",
        ]
        return claims.merging(changes) { $1 }
    }

    private static func tokensBySecret() -> ForgedTokens {
        let headers = [
            #"{"alg":"HS256"}"#, #"{"alg":"HS256","typ":"JWT"}"#, #"{"alg":"HS256","typ":"jwt"}"#,
            #"{"typ":"at+jwt","alg":"HS256"}"#, #"{"typ":"JWT", "alg":"HS256","kid":"a"}"#, #"{"alg":"none"}"#,
            #"{"alg":"HS384"}"#, #"{"alg":"HS256","crit":["b64"]}"#, #"{"alg":"HS256","\u0061lg":"HS256"}"#,
            #"{"alg":"HS256""#, "[]", #"{"alg":"HS256","x":"\#(String(repeating: "x", count: 7_000))"}"#,
        ]
        return ForgedTokens(headers: headers, claims: claims(["nonce": #""n-1""#])) { _, input in
            try HMAC.authenticate(key: Array(secret.utf8), message: input)
        }
    }

    /// The octets of a token, now and then damaged.
    private static func damaged(
        _ token: [UInt8], before: [[UInt8]], using random: inout SeededRandom
    ) -> [UInt8] {
        let place = Int.random(in: 0...token.count, using: &random)
        switch Int.random(in: 0..<16, using: &random) {
        case 0: return Damage.one(of: before, using: &random)
        case 1: return Array(token[..<place] + [UInt8(ascii: ".")] + token[place...])
        case 2: return token + Array(["=", ".", "A", ".A", "AA", "\u{e9}"][.random(in: 0..<6, using: &random)].utf8)
        case 3:
            var parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            parts[.random(in: 0..<3, using: &random)] = []
            return Array(parts.joined(separator: [UInt8(ascii: ".")]))
        case 4: return Array(token[..<place] + [0xC3, 0xA9] + token[place...].dropFirst(2))
        case 5: return Array(token[..<place])
        default: return token
        }
    }

    /// Has one verifier judge a sequence of tokens, and each of them by a verifier of its own. What was accepted is
    /// read again when eight others have been judged.
    private func compare(
        _ count: Int, seed: UInt64, used: Verify, fresh: () throws -> Verify,
        next: (inout SeededRandom) throws -> [UInt8]
    ) throws -> (differences: [String], accepted: Int, reasons: Set<String>) {
        var random = SeededRandom(seed: seed)
        var (differences, accepted, reasons) = ([String](), 0, Set<String>())
        var before: [[UInt8]] = []
        var kept: [(Answer, text: String)] = []
        for _ in 0..<count {
            let good = try next(&random)
            before = before.suffix(3) + [good]
            let token = String(decoding: Self.damaged(good, before: before, using: &random), as: UTF8.self)
            let answer = used(token)
            let expected = try fresh()(token).text
            if answer.text != expected { differences.append("\(answer.text)\n\(expected)\n\(token)") }
            switch answer {
            case .refused(let reason): reasons.insert(reason)
            case .accepted:
                accepted += 1
                if Self.oracle(token) != expected { differences.append("unlike the reader: \(expected)\n\(token)") }
            }
            kept.append((answer, expected))
            if kept.count > 8 {
                let first = kept.removeFirst()
                if first.0.text != first.text { differences.append("changed: \(first.text)") }
            }
        }
        return (differences, accepted, reasons)
    }

    /// The claims as the strict reader has them, which knows no shapes.
    private static func oracle(_ token: String) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(String(parts[1])),
            let object = try? JSONReader.object(payload)
        else { return nil }
        return Answer.text(object) { object[$0] }
    }

    @Test func answersAsAFreshOneDoesBySecret() throws {
        var tokens = Self.tokensBySecret()
        let result = try compare(
            PropertyCases.count / 2, seed: 7519, used: try Self.bySecret(), fresh: Self.bySecret
        ) { try tokens.next(using: &$0) }
        #expect(result.differences.isEmpty, "\(result.differences.prefix(3))")
        #expect(result.accepted > PropertyCases.count / 20)
        #expect(result.reasons.count > 15, "\(result.reasons)")
    }

    /// Signatures of three lengths, two keys of one name, and sets of keys that follow one another, where the same name
    /// is another key's.
    @Test func answersAsAFreshOneDoesByKeys() throws {
        let issuer = try TestIssuer.get()
        let rsa = try [2048, 2056, 2048].map { try RSAPrivateKey.generate(bits: $0) }
        let curve = try SigningKey.generate(.es256, keyID: KeyID("b"))
        let sets = try [["a", "a", "c"], ["c", "a", "a"], ["a", "d"]].map {
            try Self.keySet(rsa, names: $0, curve: curve)
        }
        let keys = ChangingKeys(of: issuer.issuer, sets: sets)
        var (turn, tokens) = (0, Self.tokensByKeys())
        tokens.sign = { _, input in
            turn += 1
            return try rsa[turn / 3 % 3].signPKCS1(input, hash: .bits256)
        }
        let byCurve = try (0..<4).map { try curve.signed(type: "at+jwt", claims: Self.accessClaims($0)).exposedText }
        let result = try compare(
            PropertyCases.count / 10, seed: 7515, used: Self.byKeys(keys), fresh: { Self.byKeys(keys) }
        ) { random in
            if Int.random(in: 0..<20, using: &random) == 0 { keys.change(using: &random) }
            guard Int.random(in: 0..<8, using: &random) > 0 else {
                return Array(byCurve[.random(in: 0..<4, using: &random)].utf8)
            }
            return try tokens.next(using: &random)
        }
        #expect(result.differences.isEmpty, "\(result.differences.prefix(3))")
        #expect(result.accepted > PropertyCases.count / 200)
        #expect(result.reasons.count > 8, "\(result.reasons)")
    }

    private static func keySet(_ rsa: [RSAPrivateKey], names: [String], curve: SigningKey) throws -> JWKSet {
        let published: [JSONValue] = zip(rsa, names).map { key, name in
            [
                "kty": "RSA", "kid": .string(name), "n": .string(Base64URL.encode(key.publicModulus)),
                "e": .string(Base64URL.encode(key.publicExponent)),
            ]
        }
        return try JWKSet(jwks: ["keys": .array(published + [.object(curve.publicJWK)])])
    }

    private static func accessClaims(_ number: Int) -> JSONObject {
        [
            "iss": "https://issuer.example", "sub": .string("\(number)"), "aud": "client-123", "exp": 1_760_000_300,
            "iat": 1_759_999_990, "client_id": "c-1", "jti": "t-1",
        ]
    }

    private static func tokensByKeys() -> ForgedTokens {
        let headers = [
            #"{"typ":"at+jwt","alg":"RS256","kid":"a"}"#, #"{"typ":"at+jwt","alg":"RS256","kid":"c"}"#,
            #"{"typ":"at+jwt","alg":"RS256"}"#, #"{"typ":"at+jwt","alg":"RS256","kid":"d"}"#,
            #"{"typ":"at+jwt","alg":"RS512","kid":"a"}"#, #"{"typ":"JWT","alg":"RS256","kid":"a"}"#,
            #"{"typ":"at+jwt","alg":"ES256","kid":"a"}"#, #"{"typ":"at+jwt","alg":"ES256","kid":"b"}"#,
        ]
        return ForgedTokens(headers: headers, claims: claims(["client_id": #""c-1""#, "jti": #""t-1""#])) { _, _ in [] }
    }

    @Test func answersAsAFreshOneDoesFromManyTasks() async throws {
        var random = SeededRandom(seed: 7516)
        var tokens = Self.tokensBySecret()
        let judged = try (0..<400).map { _ in
            let good = try tokens.next(using: &random)
            let token = String(decoding: Self.damaged(good, before: [good], using: &random), as: UTF8.self)
            return (token, try Self.bySecret()(token).text)
        }
        let verifier = try Self.bySecret()
        let wrong = await withTaskGroup(of: Int.self) { group in
            for seed in 0..<8 {
                group.addTask {
                    var random = SeededRandom(seed: UInt64(seed))
                    return (0..<400).count { _ in
                        let (token, text) = judged[.random(in: 0..<judged.count, using: &random)]
                        return verifier(token).text != text
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
