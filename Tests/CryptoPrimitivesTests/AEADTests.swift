import CryptoPrimitives
import Testing
import VectorJudge

@Suite struct AEADTests {
    static let key = [UInt8](0..<32)
    static let nonce = [UInt8](100..<112)
    static let associated = Array("kind, version".utf8)

    @Test(arguments: [0, 1, 15, 16, 17, 4096, 1 << 20])
    func opensWhatItSealed(count: Int) throws {
        let plaintext = [UInt8](repeating: 0x5A, count: count)
        let sealed = try AEAD.seal(plaintext, key: Self.key, nonce: Self.nonce, authenticating: Self.associated)
        #expect(sealed.count == count + AEAD.tagCount)
        #expect(try AEAD.open(sealed, key: Self.key, nonce: Self.nonce, authenticating: Self.associated) == plaintext)
    }

    @Test func refusesEveryFlippedBit() throws {
        let sealed = try AEAD.seal(
            Array("plaintext".utf8), key: Self.key, nonce: Self.nonce, authenticating: Self.associated)
        let inputs = [sealed, Self.key, Self.nonce, Self.associated]
        for (position, input) in inputs.enumerated() {
            for bit in 0..<input.count * 8 {
                var changed = inputs
                changed[position][bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(throws: CryptoError.notAuthentic) {
                    try AEAD.open(changed[0], key: changed[1], nonce: changed[2], authenticating: changed[3])
                }
            }
        }
    }

    @Test func refusesCutAndExtendedText() throws {
        let sealed = try AEAD.seal([1, 2, 3], key: Self.key, nonce: Self.nonce, authenticating: [])
        for count in 0..<sealed.count {
            #expect(throws: CryptoError.self) {
                try AEAD.open(Array(sealed.prefix(count)), key: Self.key, nonce: Self.nonce, authenticating: [])
            }
        }
        #expect(throws: CryptoError.notAuthentic) {
            try AEAD.open(sealed + [0], key: Self.key, nonce: Self.nonce, authenticating: [])
        }
    }

    @Test func refusesOtherLengthsOfKeyAndNonce() {
        #expect(throws: CryptoError.length(of: .key, expected: 32, actual: 16)) {
            try AEAD.seal([], key: Array(Self.key.prefix(16)), nonce: Self.nonce, authenticating: [])
        }
        #expect(throws: CryptoError.length(of: .nonce, expected: 12, actual: 0)) {
            try AEAD.seal([], key: Self.key, nonce: [], authenticating: [])
        }
    }

    /// Only the sizes that are offered.
    @Test func judgesWycheproof() throws {
        let file = try #require(Wycheproof.files.first { $0.description == "aes_gcm" })
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == 66)
        #expect(verdicts.judged + verdicts.leftOut == file.count)
    }
}
