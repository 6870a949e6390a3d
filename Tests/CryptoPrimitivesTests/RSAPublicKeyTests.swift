import CryptoPrimitives
import TestSupport
import Testing
import VectorJudge

@Suite struct RSAPublicKeyTests {
    /// By both engines, on kept keys, so that every case meets contexts that earlier cases used.
    @Test(arguments: Wycheproof.files(on: .pkcs1))
    func judgesWycheproofPKCS1(_ file: Wycheproof.File) throws {
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == file.count)
        #expect(verdicts.policies == 1)  // the one that the file calls acceptable
    }

    @Test(arguments: Wycheproof.files(on: .pss))
    func judgesWycheproofPSS(_ file: Wycheproof.File) throws {
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == file.count)
    }

    /// Files with salts of 0 and 20 octets, and one that mixes hashes and salts of every kind. Of the first, the one
    /// case that is ours is invalid there: a salt of 32 octets.
    @Test(arguments: [
        ("rsa_pss_2048_sha256_mgf1_0", 61), ("rsa_pss_2048_sha256_mgf1sha1_20", 63), ("rsa_pss_misc", 147),
    ])
    func acceptsNoOtherSaltLengthThanTheDigests(name: String, policies: Int) throws {
        let file = try #require(Wycheproof.files.first { $0.description == name })
        #expect(try file.judge()?.policies == policies)
    }

    static let modulus: [UInt8] = [0xC1] + [UInt8](repeating: 0x5A, count: 254) + [0x01]

    @Test func takesSizesWithinTheGivenRange() throws {
        #expect(try RSAPublicKey(modulus: Self.modulus, exponent: [3]).bitCount == 2048)
        #expect(try RSAPublicKey(modulus: [0, 0] + Self.modulus, exponent: [0, 1, 0, 1]).modulus == Self.modulus)
        let long = [0x80] + [UInt8](repeating: 1, count: 2047)
        #expect(throws: CryptoError.modulusSize(bits: 16384)) { try RSAPublicKey(modulus: long, exponent: [3]) }
        #expect(try RSAPublicKey(modulus: long, exponent: [3], sizes: 2048...16384).bitCount == 16384)
        for sizes in [3072...8192, 512...1024, 20_000...30_000] {
            #expect(throws: CryptoError.modulusSize(bits: 2048)) {
                try RSAPublicKey(modulus: Self.modulus, exponent: [3], sizes: sizes)
            }
        }
    }

    @Test(arguments: [(count: 0, bits: 0), (1, 1), (128, 1017), (255, 2033), (65_537, 524_289)])
    func refusesOtherSizes(count: Int, bits: Int) {
        // Also with a range that asks for more than is possible.
        #expect(throws: CryptoError.modulusSize(bits: bits)) {
            try RSAPublicKey(
                modulus: [UInt8](repeating: 1, count: count), exponent: [1, 0, 1], sizes: 0...1_000_000)
        }
    }

    @Test func refusesAnEvenModulus() {
        let even = Self.modulus.dropLast() + [0x02]
        #expect(throws: CryptoError.evenModulus) { try RSAPublicKey(modulus: Array(even), exponent: [1, 0, 1]) }
    }

    @Test(arguments: [
        [], [0], [1], [2], [1, 0, 0], [2, 0, 0, 0, 1], [3, 0, 0, 0, 1], [UInt8](repeating: 1, count: 256),
    ])
    func refusesTheExponent(_ exponent: [UInt8]) {
        #expect(throws: CryptoError.publicExponent) { try RSAPublicKey(modulus: Self.modulus, exponent: exponent) }
    }

    @Test(arguments: [[3], [5], [1, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0xFF, 0xFF, 0xFF, 0xFF]] as [[UInt8]])
    func takesTheExponent(_ exponent: [UInt8]) throws {
        #expect(try RSAPublicKey(modulus: Self.modulus, exponent: exponent).exponent == exponent)
    }

    /// A modulus that was built as the faulty generator builds one.
    @Test func refusesTheROCAFingerprint() {
        let modulus = bytes(
            hex: """
                adbeaf81721edcce17a86abf8c718e626089181df9a19bdad05ef370dd9bed6a1c464b93e0449134c346d2914f1746b8
                8a305a0808e32943948bb0fb8fbd3971fba74279d21b68d1bd50352418f8e051d0d72cccebc42a0fcdff45dbbcc8950b
                bd7ac6dae34582cf92d82af76a0a2b10d79e075fd5f2905a587ff493b2e78d06138cb15bf6de84ebcf7fb8d1e0c7fc41
                631bd6d5071d6621763bb9f50b120bfc1fa572aee81621972c2830de514a21822afcfff0c8672f38f4c5f325f952ae82
                a54cddc0a5902528a74078af7c6a982b21889ce394e33d5d634e169cc5fec75cac6626a0e44ff298cebdf202da7e10d5
                9feb1e9dc22ca7d7e3392f28f307b31b
                """)
        #expect(throws: CryptoError.guessableModulus) { try RSAPublicKey(modulus: modulus, exponent: [1, 0, 1]) }
    }
}
