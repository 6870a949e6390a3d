import CryptoPrimitives
import Testing

@Suite struct ECKeyTests {
    @Test(arguments: EllipticCurve.allCases, SHA2.Size.allCases)
    func verifiesWhatThePrivateKeySigned(curve: EllipticCurve, hash: SHA2.Size) throws {
        let key = try ECPrivateKey.generate(curve)
        let publicKey = try ECPublicKey(curve: curve, x: key.publicKey.x, y: key.publicKey.y)
        let message = Array("header.payload".utf8)
        for _ in 0..<20 {
            let signature = try key.sign(message, hash: hash)
            #expect(signature.count == 2 * curve.coordinateCount)
            #expect(publicKey.accepts(signature, over: message, hash))
            var changed = signature
            changed[curve.coordinateCount] ^= 1
            #expect(!publicKey.accepts(changed, over: message, hash))
        }
    }
}
