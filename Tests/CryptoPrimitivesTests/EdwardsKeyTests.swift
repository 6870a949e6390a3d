import CryptoPrimitives
import Testing

@Suite struct EdwardsKeyTests {
    @Test(arguments: EdwardsCurve.allCases)
    func verifiesWhatThePrivateKeySigned(curve: EdwardsCurve) throws {
        let key = try EdwardsPrivateKey.generate(curve)
        let publicKey = try EdwardsPublicKey(curve: curve, bytes: key.publicKey.bytes)
        let message = Array("header.payload".utf8)
        let signature = try key.sign(message)
        #expect(signature.count == curve.signatureCount)
        #expect(publicKey.accepts(signature, over: message))
        #expect(!publicKey.accepts(signature, over: message + [0]))
    }
}
