import CryptoPrimitives
import Testing

@Suite struct EdwardsPrivateKeyTests {
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

    @Test(arguments: EdwardsCurve.allCases)
    func survivesItsEncodings(curve: EdwardsCurve) throws {
        let key = try EdwardsPrivateKey.generate(curve)
        for copy in try [EdwardsPrivateKey(pem: key.pem()), EdwardsPrivateKey(der: key.der())] {
            #expect(copy.publicKey.curve == curve)
            #expect(copy.publicKey.bytes == key.publicKey.bytes)
        }
    }

    @Test func refusesKeysOfOtherAlgorithms() throws {
        let curve = try ECPrivateKey.generate(.p256)
        #expect(throws: CryptoError.unexpectedKeyType) { try EdwardsPrivateKey(pem: curve.pem()) }
    }

    /// libcrypto would ask for the pass phrase on the terminal, and a server would wait for ever.
    @Test func refusesAnEncryptedKeyWithoutAsking() {
        let text = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjuXFc8wzQOagICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEL4OOc0aoQGnikoF8inCTNYEQFkn
            0bn46pY6rS8rqtL3lGbSd6Uwf3YDfnbsUTqdochjorK+JnOhHxX7R60bdnOwn0hd
            3PN15pAYEy1DR3ixy6o=
            -----END ENCRYPTED PRIVATE KEY-----

            """
        #expect(throws: CryptoError.malformedPrivateKey) { try EdwardsPrivateKey(pem: Array(text.utf8)) }
    }
}
