import CryptoPrimitives
import Testing

@Suite struct RSAKeyTests {
    @Test(arguments: [RSAEngine.evp, .montgomeryChain], SHA2.Size.allCases)
    func verifiesWhatThePrivateKeySigned(engine: RSAEngine, hash: SHA2.Size) throws {
        let key = try RSAPrivateKey.generate()
        let publicKey = try RSAPublicKey(modulus: key.publicModulus, exponent: key.publicExponent, engine: engine)
        let message = Array("header.payload".utf8)
        for (padding, other) in [(RSAPadding.pkcs1, RSAPadding.pss), (.pss, .pkcs1)] {
            let signature = try key.sign(message, padding, hash)
            for _ in 0..<2 {
                #expect(publicKey.accepts(signature, over: message, padding, hash))
                #expect(!publicKey.accepts(signature, over: message, other, hash))
                #expect(!publicKey.accepts(signature, over: message + [0], padding, hash))
            }
        }
    }
}
