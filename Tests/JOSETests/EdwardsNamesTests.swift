import JOSE
import OAuthTypes
import Testing
import WireFormats

/// RFC 9864 §2.2: `Ed25519` and `Ed448` are names of what `EdDSA` does with a key on that curve, and of nothing else.
@Suite struct EdwardsNamesTests {
    let issuer: TestIssuer

    init() throws {
        issuer = try TestIssuer.get()
    }

    /// Why a token is refused: signed on a curve, its header and the key's `alg` naming what they name.
    private func refusal(
        on curve: SigningKey.Strength, header: String, key: String?, by algorithms: SignatureAlgorithms
    ) throws -> String? {
        let signer = try SigningKey.generate(.edDSA, strength: curve)
        var jwk = signer.publicJWK
        jwk["alg"] = key.map(JSONValue.string)
        let payload = JSONWriter.bytes(issuer.claims())
        let token = try signer.signed(header: ["alg": .string(header)], payload: payload).exposedText
        let keys = LocalJWKSet(try JWKSet(jwks: ["keys": [.object(jwk)]]), of: issuer.issuer)
        return issuer.refusal(of: RawIDToken(token), by: IDTokenVerifier(keys: keys, algorithms: algorithms))
    }

    private static let curves: [(SigningKey.Strength, String, String)] = [
        (.standard, "Ed25519", "Ed448"), (.ed448, "Ed448", "Ed25519"),
    ]

    @Test(arguments: [SignatureAlgorithms([.edDSA]), [.ed25519], [.ed448], [.ed25519, .ed448], [.edDSA, .ed448]])
    func takesEitherNameForAKeyOfThatCurve(_ algorithms: SignatureAlgorithms) throws {
        for (curve, name, other) in Self.curves {
            let own = try #require(JWSAlgorithm(rawValue: name).flatMap(SignatureAlgorithm.init))
            let isAccepted = algorithms != (own == .ed25519 ? [.ed448] : [.ed25519])
            for header in ["EdDSA", name] {
                for key in [nil, "EdDSA", name] {
                    let code = try refusal(on: curve, header: header, key: key, by: algorithms)
                    #expect((code == nil) == isAccepted, "\(header) by \(key ?? "any") under \(algorithms)")
                }
                #expect(try refusal(on: curve, header: header, key: other, by: algorithms) != nil)
                #expect(try refusal(on: curve, header: header, key: "RS256", by: algorithms) != nil)
            }
            #expect(try refusal(on: curve, header: other, key: nil, by: algorithms) != nil)
        }
    }

    @Test(arguments: ["ed25519", "ED25519", "Ed25519 ", "X25519", "Ed448ph"])
    func takesNoOtherName(_ name: String) throws {
        #expect(
            try refusal(on: .standard, header: name, key: nil, by: [.edDSA, .ed25519]) == "algorithm_not_accepted")
    }

    @Test func takesNoOtherCurveWhereOneIsConfiguredTwice() throws {
        let twice: SignatureAlgorithms = [.ed25519, .ed25519]
        #expect(try refusal(on: .standard, header: "EdDSA", key: nil, by: twice) == nil)
        #expect(try refusal(on: .ed448, header: "EdDSA", key: nil, by: twice) == "no_suitable_key")
    }

    @Test func takesNoEdwardsNameWhereNoneIsConfigured() throws {
        for header in ["EdDSA", "Ed25519"] {
            #expect(
                try refusal(on: .standard, header: header, key: nil, by: [.rs256, .es256]) == "algorithm_not_accepted")
        }
    }

    @Test func leavesNoKeyOfAnotherTypeToTheName() throws {
        var jwk = issuer.key.publicJWK
        jwk["alg"] = "Ed25519"
        let keys = LocalJWKSet(try JWKSet(jwks: ["keys": [.object(jwk)]]), of: issuer.issuer)
        let verifier = IDTokenVerifier(keys: keys, algorithms: [.rs256, .edDSA])
        #expect(try issuer.refusal(of: issuer.idToken(), by: verifier) == "no_suitable_key")
    }

    @Test func signsUnderTheNameOfTheCurve() throws {
        for algorithm in [SignatureAlgorithm.ed25519, .ed448] {
            let key = try SigningKey.generate(algorithm)
            #expect(key.publicJWK["alg"] == .string(algorithm.description))
            #expect(key.publicJWK["crv"] == .string(algorithm.description))
            let again = try SigningKey(pem: key.pem(), algorithm: algorithm)
            #expect(again.thumbprint == key.thumbprint)
            let other: SignatureAlgorithm = algorithm == .ed25519 ? .ed448 : .ed25519
            #expect(throws: KeyError.wrongKind) { try SigningKey(pem: key.pem(), algorithm: other) }
        }
        #expect(throws: KeyError.wrongKind) { try SigningKey.generate(.ed25519, strength: .ed448) }
    }
}

extension SignatureAlgorithm {
    /// Whether it names what a new key of `signer` does: EdDSA's usual key is one of Ed25519.
    func isAnotherName(for signer: SignatureAlgorithm) -> Bool {
        switch self {
        case signer: true
        case .edDSA: signer == .ed25519 || signer == .ed448
        case .ed25519: signer == .edDSA
        default: false
        }
    }
}
