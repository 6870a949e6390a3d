import CryptoPrimitives
import Testing

@Suite struct RSAPrivateKeyTests {
    @Test(arguments: [RSAEngine.evp, .montgomeryChain], SHA2.Size.allCases)
    func verifiesWhatThePrivateKeySigned(engine: RSAEngine, hash: SHA2.Size) throws {
        let key = try RSAPrivateKey.generate()
        let publicKey = try RSAPublicKey(modulus: key.publicModulus, exponent: key.publicExponent, engine: engine)
        let message = Array("header.payload".utf8)
        for (padding, other) in [(RSAPadding.pkcs1, RSAPadding.pss), (.pss, .pkcs1)] {
            let signature = try key.sign(message, padding: padding, hash: hash)
            for _ in 0..<2 {
                #expect(publicKey.accepts(signature, over: message, padding: padding, hash: hash))
                #expect(!publicKey.accepts(signature, over: message, padding: other, hash: hash))
                #expect(!publicKey.accepts(signature, over: message + [0], padding: padding, hash: hash))
            }
        }
    }

    @Test func survivesItsEncodings() throws {
        let key = try RSAPrivateKey.generate()
        for copy in try [RSAPrivateKey(pem: key.pem()), RSAPrivateKey(der: key.der())] {
            #expect(copy.publicModulus == key.publicModulus)
            #expect(copy.publicExponent == [1, 0, 1])
            let signature = try copy.sign([1, 2, 3], padding: .pkcs1, hash: .bits256)
            #expect(key.publicKey.accepts(signature, over: [1, 2, 3], padding: .pkcs1, hash: .bits256))
        }
    }

    @Test func refusesChangedOctetsOrStillSignsCorrectly() throws {
        let octets = try RSAPrivateKey.generate().der()
        for position in stride(from: 0, to: octets.count, by: 7) {
            var changed = octets
            changed[position] ^= 0x04
            guard let key = try? RSAPrivateKey(der: changed) else { continue }
            let signature = try key.sign([1], padding: .pkcs1, hash: .bits256)
            #expect(key.publicKey.accepts(signature, over: [1], padding: .pkcs1, hash: .bits256))
        }
    }

    @Test func refusesCutAndExtendedOctets() throws {
        let octets = try RSAPrivateKey.generate().der()
        for count in stride(from: 0, to: octets.count, by: 50) {
            #expect(throws: CryptoError.malformedPrivateKey) { try RSAPrivateKey(der: Array(octets.prefix(count))) }
        }
        #expect(throws: CryptoError.malformedPrivateKey) { try RSAPrivateKey(der: octets + [0]) }
    }

    @Test func refusesKeysOfOtherAlgorithms() throws {
        let curve = try ECPrivateKey.generate(.p256)
        #expect(throws: CryptoError.unexpectedKeyType) { try RSAPrivateKey(pem: curve.pem()) }
        #expect(throws: CryptoError.unexpectedKeyType) { try RSAPrivateKey(der: curve.der()) }
    }

    @Test(arguments: [Int.min, 0, 1024, 2047, 16385, Int.max])
    func refusesToGenerateOtherSizes(bits: Int) {
        #expect(throws: CryptoError.modulusSize(bits: bits)) { try RSAPrivateKey.generate(bits: bits) }
    }

    @Test func readsNothingFromOtherText() {
        for text in [
            "", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
        ] {
            #expect(throws: CryptoError.malformedPrivateKey) { try RSAPrivateKey(pem: Array(text.utf8)) }
        }
        #expect(throws: CryptoError.malformedPrivateKey) {
            try RSAPrivateKey(pem: [UInt8](repeating: 0x41, count: (1 << 20) + 1))
        }
    }
}
