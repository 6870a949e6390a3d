import CryptoPrimitives
import Testing

@Suite struct ECPrivateKeyTests {
    @Test(arguments: EllipticCurve.allCases, SHA2.Size.allCases)
    func verifiesWhatThePrivateKeySigned(curve: EllipticCurve, hash: SHA2.Size) throws {
        let key = try ECPrivateKey.generate(curve)
        let publicKey = try ECPublicKey(curve: curve, x: key.publicKey.x, y: key.publicKey.y)
        let message = Array("header.payload".utf8)
        for _ in 0..<20 {
            let signature = try key.sign(message, hash: hash)
            #expect(signature.count == 2 * curve.coordinateCount)
            #expect(publicKey.accepts(signature, over: message, hash: hash))
            var changed = signature
            changed[curve.coordinateCount] ^= 1
            #expect(!publicKey.accepts(changed, over: message, hash: hash))
        }
    }

    @Test(arguments: EllipticCurve.allCases)
    func survivesItsEncodings(curve: EllipticCurve) throws {
        let key = try ECPrivateKey.generate(curve)
        for copy in try [ECPrivateKey(pem: key.pem()), ECPrivateKey(der: key.der())] {
            #expect(copy.publicKey.curve == curve)
            #expect(copy.publicKey.x == key.publicKey.x && copy.publicKey.y == key.publicKey.y)
            let signature = try copy.sign([1, 2, 3], hash: .bits256)
            #expect(key.publicKey.accepts(signature, over: [1, 2, 3], hash: .bits256))
        }
    }

    @Test func refusesChangedOctetsOrStillSignsCorrectly() throws {
        let octets = try ECPrivateKey.generate(.p256).der()
        for bit in 0..<octets.count * 8 {
            var changed = octets
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let key = try? ECPrivateKey(der: changed) else { continue }
            let signature = try key.sign([1], hash: .bits256)
            #expect(key.publicKey.accepts(signature, over: [1], hash: .bits256))
        }
    }

    @Test func refusesKeysOfOtherAlgorithms() throws {
        let edwards = try EdwardsPrivateKey.generate(.ed25519)
        #expect(throws: CryptoError.unexpectedKeyType) { try ECPrivateKey(pem: edwards.pem()) }
    }
}
