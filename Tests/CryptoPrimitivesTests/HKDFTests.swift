import CryptoPrimitives
import Testing
import VectorJudge

@Suite struct HKDFTests {
    /// RFC 5869 appendix A.1.
    @Test func derivesTheExampleOfTheStandard() throws {
        let derived = try HKDF.derive(
            secret: [UInt8](repeating: 0x0B, count: 22), salt: Array(0x00...0x0C), info: Array(0xF0...0xF9), count: 42)
        #expect(
            derived
                == bytes(
                    hex: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"))
    }

    @Test func derivesWycheproof() throws {
        let file = try #require(Wycheproof.files.first { $0.description == "hkdf_sha256" })
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == file.count)
    }

    @Test(arguments: [Int.min, -1, 0, 8161, Int.max])
    func refusesLengthsItCannotDerive(count: Int) {
        #expect(throws: CryptoError.outputLength(count)) {
            try HKDF.derive(secret: [1], salt: [], info: [], count: count)
        }
    }
}
