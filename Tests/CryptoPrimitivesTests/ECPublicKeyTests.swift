import CryptoPrimitives
import Testing
import VectorJudge

@Suite struct ECPublicKeyTests {
    /// Signatures of fixed width, and a file in DER, of which none is accepted.
    @Test(arguments: Wycheproof.files(on: .ecdsa))
    func judgesWycheproof(_ file: Wycheproof.File) throws {
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == file.count)
        #expect(verdicts.policies == (file.description == "ecdsa_secp256r1_sha256" ? 174 : 0))
    }

    @Test(arguments: EllipticCurve.allCases)
    func refusesZeroSignaturesAndOtherLengths(curve: EllipticCurve) throws {
        let key = try ECPrivateKey.generate(curve)
        let signature = try key.sign([1], hash: .bits256)
        let width = curve.coordinateCount
        let zero = [UInt8](repeating: 0, count: width)
        // CVE-2022-21449: r = s = 0 satisfied the equation of a verifier that did not check the range.
        for forged in [zero + zero, signature.prefix(width) + zero, zero + signature.suffix(width)] {
            #expect(!key.publicKey.accepts(forged, over: [1], hash: .bits256))
        }
        for count in 0..<signature.count {
            #expect(!key.publicKey.accepts(Array(signature.prefix(count)), over: [1], hash: .bits256))
        }
        #expect(!key.publicKey.accepts(signature + [0], over: [1], hash: .bits256))
        #expect(!key.publicKey.accepts([0] + signature, over: [1], hash: .bits256))
        #expect(key.publicKey.accepts(signature, over: [1], hash: .bits256))
    }

    @Test(arguments: EllipticCurve.allCases)
    func refusesWhatIsNoPointOfTheCurve(curve: EllipticCurve) throws {
        let key = try ECPrivateKey.generate(curve).publicKey
        let zero = [UInt8](repeating: 0, count: curve.coordinateCount)
        let all = [UInt8](repeating: 0xFF, count: curve.coordinateCount)
        var changed = key.y
        changed[curve.coordinateCount - 1] ^= 1
        for (x, y) in [(zero, zero), (all, all), (key.x, zero), (key.x, changed), (key.y, key.x)] {
            #expect(throws: CryptoError.invalidPoint) { try ECPublicKey(curve: curve, x: x, y: y) }
        }
    }

    @Test(arguments: EllipticCurve.allCases)
    func takesCoordinatesOfTheExactLengthOnly(curve: EllipticCurve) throws {
        let key = try ECPrivateKey.generate(curve).publicKey
        let width = curve.coordinateCount
        for (x, y, actual) in [
            ([], key.y, 0), (key.x, [0] + key.y, width + 1), (Array(key.x.dropLast()), key.y, width - 1),
        ] {
            #expect(throws: CryptoError.length(of: .coordinate, expected: width, actual: actual)) {
                try ECPublicKey(curve: curve, x: x, y: y)
            }
        }
    }
}
