import JOSE
import OAuthTypes
import Testing
import WireFormats

@Suite struct PublicKeyTests {
    static let kinds: [(SignatureAlgorithm, SigningKey.Strength)] =
        SignatureAlgorithm.allCases.map { ($0, .standard) } + [(.edDSA, .ed448)]

    /// The one that RFC 8410 §10.1 prints.
    static let printed = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----
        """

    private func error(_ read: () throws(KeyError) -> PublicKey) -> KeyError? {
        do {
            _ = try read()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: kinds)
    func readsWhatASignerPublishes(_ algorithm: SignatureAlgorithm, _ strength: SigningKey.Strength) throws {
        let issuer = try TestIssuer.get()
        let signer = try SigningKey.generate(algorithm, strength: strength)
        let info = DER.publicKey(signer.publicJWK)
        let token = RawIDToken(try signer.signed(type: "JWT", claims: issuer.claims()).exposedText)
        for key in [
            try PublicKey(der: info, algorithm: algorithm, keyID: nil),
            try PublicKey(pem: DER.pem("PUBLIC KEY", info), algorithm: algorithm, keyID: nil),
            try PublicKey(der: DER.certificate(info), algorithm: algorithm, keyID: nil),
            try PublicKey(pem: DER.pem("CERTIFICATE", DER.certificate(info)), algorithm: algorithm, keyID: nil),
        ] {
            #expect(key.jwk == signer.publicJWK)
            #expect(key.thumbprint == signer.thumbprint)
            #expect(key.keyID.text == signer.thumbprint)
            let verifier = IDTokenVerifier(keys: LocalJWKSet(JWKSet([key]), of: issuer.issuer), algorithms: [algorithm])
            #expect(issuer.refusal(of: token, by: verifier) == nil)
        }
    }

    @Test func readsPKCS1() throws {
        let signer = try TestIssuer.get().key
        let octets = try #require(signer.publicJWK["n"]?.stringValue.flatMap { Base64URL.decode($0) })
        let der = DER.pkcs1(octets, [1, 0, 1])
        #expect(try PublicKey(der: der, algorithm: .rs256, keyID: nil).jwk == signer.publicJWK)
        let pem = DER.pem("RSA PUBLIC KEY", der)
        #expect(try PublicKey(pem: pem, algorithm: .rs256, keyID: nil).jwk == signer.publicJWK)
    }

    @Test func readsThePrintedKeyAndThumbprint() throws {
        let key = try PublicKey(pem: Array(Self.printed.utf8), algorithm: .edDSA, keyID: KeyID("printed"))
        #expect(key.jwk["x"] == "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE")
        #expect(key.jwk["kid"] == "printed" && key.keyID.text == "printed")
        // RFC 8037 §A.3
        let x = try #require(Base64URL.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
        let other = try PublicKey(der: DER.publicKey(DER.ed25519, x), algorithm: .edDSA, keyID: nil)
        #expect(other.thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test func readsCompressedPoints() throws {
        let signer = try SigningKey.generate(.es256)
        let x = try #require(signer.publicJWK["x"]?.stringValue.flatMap { Base64URL.decode($0) })
        let y = try #require(signer.publicJWK["y"]?.stringValue.flatMap { Base64URL.decode($0) })
        let der = DER.publicKey(DER.p256, [2 + (y[31] & 1)] + x)
        #expect(try PublicKey(der: der, algorithm: .es256, keyID: nil).jwk == signer.publicJWK)
    }

    @Test func serveTogetherByName() throws {
        let issuer = try TestIssuer.get()
        let names = [try KeyID("first"), try KeyID("second")]
        let signers = try names.map { try SigningKey.generate(.es256, keyID: $0) }
        let keys = try zip(signers, names).map {
            try PublicKey(der: DER.publicKey($0.publicJWK), algorithm: .es256, keyID: $1)
        }
        let set = JWKSet(keys)
        #expect(set.count == 2 && names.allSatisfy(set.contains))
        let verifier = IDTokenVerifier(keys: LocalJWKSet(set, of: issuer.issuer), algorithms: [.es256, .es384])
        for signer in signers {
            let token = RawIDToken(try signer.signed(type: "JWT", claims: issuer.claims()).exposedText)
            #expect(issuer.refusal(of: token, by: verifier) == nil)
        }
        let stranger = try SigningKey.generate(.es256, keyID: KeyID("third"))
        let token = RawIDToken(try stranger.signed(type: "JWT", claims: issuer.claims()).exposedText)
        #expect(issuer.refusal(of: token, by: verifier) == "unknown_key")
    }

    static let modulus: [UInt8] = [0xC1] + [UInt8](repeating: 0x5A, count: 254) + [0x01]
    static let sizes = JWKPolicy().rsaBits

    struct WeakRSA: CustomTestStringConvertible {
        let expected: KeyError
        let modulus: [UInt8]
        let exponent: [UInt8]

        init(_ expected: KeyError, modulus: [UInt8], exponent: [UInt8]) {
            self.expected = expected
            self.modulus = modulus
            self.exponent = exponent
        }

        var testDescription: String { "modulus of \(modulus.count) octets, exponent of \(exponent.count): \(expected)" }
    }

    @Test(arguments: [
        WeakRSA(.rsaBits(1024, allowed: sizes), modulus: [0xC1] + modulus.suffix(127), exponent: [1, 0, 1]),
        WeakRSA(
            .rsaBits(524_296, allowed: sizes), modulus: [UInt8](repeating: 0xFF, count: 65_537), exponent: [1, 0, 1]),
        WeakRSA(.modulus, modulus: modulus.dropLast() + [2], exponent: [1, 0, 1]),
        WeakRSA(.exponent, modulus: modulus, exponent: [1]),
        WeakRSA(.exponent, modulus: modulus, exponent: [1, 0]),
        WeakRSA(.exponent, modulus: modulus, exponent: [UInt8](repeating: 1, count: 256)),
    ])
    func refusesWeakRSA(_ weak: WeakRSA) {
        let (expected, modulus, exponent) = (weak.expected, weak.modulus, weak.exponent)
        let pkcs1 = DER.pkcs1(modulus, exponent)
        let certificate = DER.certificate(DER.publicKey(DER.rsa, pkcs1))
        for der in [pkcs1, DER.publicKey(DER.rsa, pkcs1), certificate] {
            #expect(
                error { () throws(KeyError) in
                    try PublicKey(der: der, algorithm: .rs256, keyID: nil)
                } == expected)
        }
    }

    static let zero = [UInt8](repeating: 0, count: 32)

    @Test(
        arguments: [
            (.point, DER.publicKey(DER.p256, [4] + zero + zero), .es256),
            (.point, DER.publicKey(DER.p256, [0]), .es256),
            (.point, DER.publicKey(DER.ed25519, [1] + zero.dropLast()), .edDSA),
            (.point, DER.publicKey(DER.ed25519, [UInt8](repeating: 0xFF, count: 32)), .edDSA),
            (.malformedPublicKey, DER.publicKey(DER.ed25519, zero + [0]), .edDSA),
            (.wrongKind, DER.publicKey(DER.x25519, zero), .edDSA),
            (.wrongKind, DER.publicKey(DER.ed25519, [2] + zero.dropLast()), .rs256),
            (.wrongKind, DER.pkcs1(modulus, [1, 0, 1]), .es256), (.wrongKind, DER.pkcs1(modulus, [1, 0, 1]), .edDSA),
        ] as [(KeyError, [UInt8], SignatureAlgorithm)])
    func refusesOtherKinds(_ expected: KeyError, der: [UInt8], algorithm: SignatureAlgorithm) {
        #expect(
            error { () throws(KeyError) in
                try PublicKey(der: der, algorithm: algorithm, keyID: nil)
            } == expected)
    }

    @Test func refusesTheWrongCurve() throws {
        let der = DER.publicKey(try SigningKey.generate(.es384).publicJWK)
        #expect(throws: KeyError.wrongKind) { try PublicKey(der: der, algorithm: .es256, keyID: nil) }
        // The generator of secp256k1 (SEC 2 §2.4.1), a curve that no algorithm here has
        let point = try #require(
            Base64URL.decode("BHm-Zn753LusVaBilc6HCwcCm_zbLc4o2VnygVsW-BeYSDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg"))
        let foreign = DER.publicKey(DER.secp256k1, point)
        #expect(throws: KeyError.wrongKind) { try PublicKey(der: foreign, algorithm: .es256, keyID: nil) }
    }

    @Test(arguments: [SignatureAlgorithm.rs256, .es256, .edDSA])
    func refusesPrivateKeys(_ algorithm: SignatureAlgorithm) throws {
        let pem = try SigningKey.generate(algorithm).pem()
        #expect(throws: KeyError.privateKey) { try PublicKey(pem: pem, algorithm: algorithm, keyID: nil) }
        let der = try PEMText(pem).octets
        #expect(throws: KeyError.privateKey) { try PublicKey(der: der, algorithm: algorithm, keyID: nil) }
        #expect(throws: KeyError.malformedPublicKey) {
            try PublicKey(pem: DER.pem("PUBLIC KEY", der), algorithm: algorithm, keyID: nil)
        }
    }

    @Test(arguments: [
        (KeyError.encrypted, "ENCRYPTED PRIVATE KEY"), (.privateKey, "EC PRIVATE KEY"),
        (.privateKey, "RSA PRIVATE KEY"), (.privateKey, "OPENSSH PRIVATE KEY"), (.unsupportedText, "SSH2 PUBLIC KEY"),
        (.unsupportedText, "CERTIFICATE REQUEST"), (.unsupportedText, "EC PARAMETERS"), (.unsupportedText, ""),
    ])
    func saysWhatOtherTextsAre(_ expected: KeyError, _ label: String) {
        #expect(throws: expected) { try PublicKey(pem: DER.pem(label, [1]), algorithm: .rs256, keyID: nil) }
    }

    @Test func refusesWhatIsEncrypted() {
        let sealed = DER.sequence(DER.sequence(DER.element(0x06, [0x2A, 3]), [5, 0]), DER.element(0x04, [1, 2, 3]))
        #expect(throws: KeyError.encrypted) { try PublicKey(der: sealed, algorithm: .rs256, keyID: nil) }
        let text = Array("-----BEGIN PUBLIC KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END PUBLIC KEY-----".utf8)
        #expect(throws: KeyError.encrypted) { try PublicKey(pem: text, algorithm: .rs256, keyID: nil) }
    }

    @Test func refusesCutAndLongerInput() throws {
        let info = DER.publicKey(try TestIssuer.get().key.publicJWK)
        for der in [info, DER.certificate(info)] {
            for count in stride(from: 0, to: der.count, by: 7) {
                let cut = Array(der.prefix(count))
                #expect(throws: KeyError.malformedPublicKey) { try PublicKey(der: cut, algorithm: .rs256, keyID: nil) }
            }
            #expect(throws: KeyError.malformedPublicKey) {
                try PublicKey(der: der + [0], algorithm: .rs256, keyID: nil)
            }
            let pem = DER.pem("CERTIFICATE", DER.certificate(info))
            #expect(throws: KeyError.severalObjects) {
                try PublicKey(pem: pem + pem, algorithm: .rs256, keyID: nil)
            }
        }
        let long = [UInt8](repeating: 0x30, count: 1 << 20 + 1)
        #expect(throws: KeyError.tooLong(limit: 1 << 20)) {
            try PublicKey(der: long, algorithm: .rs256, keyID: nil)
        }
        #expect(throws: KeyError.tooLong(limit: 1 << 20)) {
            try PublicKey(pem: long, algorithm: .rs256, keyID: nil)
        }
    }

    @Test func heedsTheRules() throws {
        let der = DER.publicKey(try TestIssuer.get().key.publicJWK)
        let rules = JWKPolicy(rsaBits: 3072...4096)
        #expect(throws: KeyError.rsaBits(2048, allowed: 3072...4096)) {
            try PublicKey(der: der, algorithm: .rs256, keyID: nil, policy: rules)
        }
    }
}
