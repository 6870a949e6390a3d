import CryptoPrimitives
import Testing

@Suite struct ECPublicKeyTests {
    static let files: [(file: String, curve: EllipticCurve, hash: SHA2.Size, count: Int)] = [
        ("ecdsa_secp256r1_sha256_p1363", .p256, .bits256, 262),
        ("ecdsa_secp384r1_sha384_p1363", .p384, .bits384, 280),
        ("ecdsa_secp521r1_sha512_p1363", .p521, .bits512, 318),
    ]

    @Test(arguments: files)
    func judgesWycheproof(file: String, curve: EllipticCurve, hash: SHA2.Size, count: Int) throws {
        let cases = try WycheproofCase.all(in: file)
        #expect(cases.count == count)
        var keys: [[UInt8]: ECPublicKey] = [:]
        for example in cases {
            let point = example.keyBytes("uncompressed").dropFirst()
            let x = Array(point.prefix(curve.coordinateCount))
            let y = Array(point.dropFirst(curve.coordinateCount))
            let key = try keys[x + y] ?? ECPublicKey(curve: curve, x: x, y: y)
            keys[x + y] = key
            let accepted = key.accepts(example.bytes("sig"), over: example.bytes("msg"), hash)
            #expect(accepted == example.isValid, "\(file) \(example.label)")
        }
    }

    @Test(arguments: EllipticCurve.allCases)
    func refusesZeroSignaturesAndOtherLengths(curve: EllipticCurve) throws {
        let key = try ECPrivateKey.generate(curve)
        let signature = try key.sign([1], hash: .bits256)
        let width = curve.coordinateCount
        let zero = [UInt8](repeating: 0, count: width)
        // CVE-2022-21449: r = s = 0 satisfied the equation of a verifier that did not check the range.
        for forged in [zero + zero, signature.prefix(width) + zero, zero + signature.suffix(width)] {
            #expect(!key.publicKey.accepts(forged, over: [1], .bits256))
        }
        for count in 0..<signature.count {
            #expect(!key.publicKey.accepts(Array(signature.prefix(count)), over: [1], .bits256))
        }
        #expect(!key.publicKey.accepts(signature + [0], over: [1], .bits256))
        #expect(!key.publicKey.accepts([0] + signature, over: [1], .bits256))
        #expect(key.publicKey.accepts(signature, over: [1], .bits256))
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
