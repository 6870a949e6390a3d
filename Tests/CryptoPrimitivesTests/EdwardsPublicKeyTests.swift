import CryptoPrimitives
import Testing
import VectorJudge

@Suite struct EdwardsPublicKeyTests {
    @Test(arguments: Wycheproof.files(on: .edwards))
    func judgesWycheproof(_ file: Wycheproof.File) throws {
        let verdicts = try #require(try file.judge())
        #expect(verdicts.wrong == [])
        #expect(verdicts.judged == file.count)
    }

    /// The y coordinates of all points whose order divides the cofactor, with both signs of x.
    @Test(arguments: [UInt8(0), 0x80])
    func refusesPointsOfSmallOrder(sign: UInt8) {
        let ed25519 = [
            String(repeating: "00", count: 32), "01" + String(repeating: "00", count: 31),
            "ec" + String(repeating: "ff", count: 30) + "7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        ]
        let ed448 = [
            String(repeating: "00", count: 57), "01" + String(repeating: "00", count: 56),
            "fe" + String(repeating: "ff", count: 27) + "fe" + String(repeating: "ff", count: 27) + "00",
        ]
        for (curve, points) in [(EdwardsCurve.ed25519, ed25519), (.ed448, ed448)] {
            for point in points {
                var encoded = bytes(hex: point)
                encoded[curve.keyCount - 1] |= sign
                #expect(throws: CryptoError.smallOrderPoint) { try EdwardsPublicKey(curve: curve, bytes: encoded) }
            }
        }
    }

    /// The prime itself and everything above it encode points that have another encoding too.
    @Test(arguments: [UInt8(0), 0x80])
    func refusesCoordinatesThatAreNotReduced(sign: UInt8) {
        for lowest in UInt8(0xED)...0xFF {
            let encoded = [lowest] + [UInt8](repeating: 0xFF, count: 30) + [0x7F | sign]
            #expect(throws: CryptoError.invalidPoint) { try EdwardsPublicKey(curve: .ed25519, bytes: encoded) }
        }
        let prime = bytes(hex: String(repeating: "ff", count: 28) + "fe" + String(repeating: "ff", count: 27) + "00")
        let top = [UInt8](repeating: 0xFF, count: 56) + [0]
        for coordinate in [prime, top, [UInt8](repeating: 0, count: 56) + [1]] {
            var encoded = coordinate
            encoded[56] |= sign
            #expect(throws: CryptoError.invalidPoint) { try EdwardsPublicKey(curve: .ed448, bytes: encoded) }
        }
    }

    @Test(arguments: EdwardsCurve.allCases)
    func takesTheExactLengthOnly(curve: EdwardsCurve) {
        for count in [0, 31, 33, 56, 58] {
            #expect(throws: CryptoError.length(of: .key, expected: curve.keyCount, actual: count)) {
                try EdwardsPublicKey(curve: curve, bytes: [UInt8](repeating: 9, count: count))
            }
        }
    }

    @Test(arguments: EdwardsCurve.allCases)
    func refusesSignaturesOfOtherLengths(curve: EdwardsCurve) throws {
        let key = try EdwardsPrivateKey.generate(curve)
        let signature = try key.sign([1])
        #expect(!key.publicKey.accepts([], over: [1]))
        #expect(!key.publicKey.accepts(Array(signature.dropLast()), over: [1]))
        #expect(!key.publicKey.accepts(signature + [0], over: [1]))
        #expect(key.publicKey.accepts(signature, over: [1]))
    }
}
