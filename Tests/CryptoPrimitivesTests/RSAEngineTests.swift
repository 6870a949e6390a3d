import CryptoPrimitives
import TestSupport
import Testing

/// The two engines must give one answer to everything.
@Suite struct RSAEngineTests {
    static let message = Array("header.payload".utf8)

    /// A private key with its public key on both engines. The chain serves only the exponent 65537.
    struct Keys {
        let signing: RSAPrivateKey
        let evp, chain: RSAPublicKey

        init(bits: Int) throws {
            signing = try RSAPrivateKey.generate(bits: bits)
            evp = try RSAPublicKey(modulus: signing.publicModulus, exponent: signing.publicExponent, engine: .evp)
            chain = try RSAPublicKey(
                modulus: signing.publicModulus, exponent: signing.publicExponent, engine: .montgomeryChain)
        }

        /// The answer that both give; nil when they differ.
        func answer(_ signature: [UInt8], over message: [UInt8] = message, hash: SHA2.Size = .bits256) -> Bool? {
            let first = evp.accepts(signature, over: message, padding: .pkcs1, hash: hash)
            let second = chain.accepts(signature, over: message, padding: .pkcs1, hash: hash)
            return first == second ? first : nil
        }
    }

    @Test(arguments: [2048, 2049, 2055, 2056, 2112, 3000])
    func agreeOnOddSizes(bits: Int) throws {
        let keys = try Keys(bits: bits)
        for hash in SHA2.Size.allCases {
            for length in [0, 1, 55, 64, 1000] {
                let message = [UInt8](repeating: 7, count: length)
                let signature = try keys.signing.signPKCS1(message, hash: hash)
                #expect(keys.answer(signature, over: message, hash: hash) == true)
                #expect(keys.answer(signature, over: message + [7], hash: hash) == false)
                let otherHash: SHA2.Size = hash == .bits256 ? .bits384 : .bits256
                #expect(keys.answer(signature, over: message, hash: otherHash) == false)
            }
        }
    }

    @Test func refuseEveryFlippedBit() throws {
        let keys = try Keys(bits: 2048)
        let signature = try keys.signing.signPKCS1(Self.message, hash: .bits256)
        for bit in 0..<2048 {
            var changed = signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(keys.answer(changed) == false)
        }
        #expect(keys.answer(signature) == true)
    }

    @Test func refuseOtherLengths() throws {
        let keys = try Keys(bits: 2048)
        let signature = try keys.signing.signPKCS1(Self.message, hash: .bits256)
        for count in [0, 1, 128, 254, 255] { #expect(keys.answer(Array(signature.prefix(count))) == false) }
        #expect(keys.answer(signature + [0]) == false)
        #expect(keys.answer([0] + signature) == false)
        #expect(keys.answer([UInt8](repeating: 0, count: 1 << 20)) == false)
    }

    /// The same residue, but not below the modulus (RFC 8017 §5.2.2). 2,050 bits leave room for it in 257 octets.
    @Test func refuseARepresentativeNotBelowTheModulus() throws {
        let keys = try Keys(bits: 2050)
        let signature = try keys.signing.signPKCS1(Self.message, hash: .bits256)
        #expect(keys.answer(signature) == true)
        #expect(keys.answer(sum(signature, keys.evp.modulus)) == false)
        #expect(keys.answer(keys.evp.modulus) == false)
        #expect(keys.answer([UInt8](repeating: 0xFF, count: 257)) == false)
    }

    @Test func refuseDegenerateRepresentatives() throws {
        let keys = try Keys(bits: 2048)
        let zero = [UInt8](repeating: 0, count: 256)
        let one = zero.dropLast() + [1]
        var minusOne = keys.evp.modulus
        minusOne[255] -= 1
        for signature in [zero, Array(one), minusOne, keys.evp.modulus] { #expect(keys.answer(signature) == false) }
    }

    /// The largest sizes, for which making a private key takes too long: the numbers that need none.
    @Test(arguments: [4096, 8185, 8192])
    func agreeOnDegenerateRepresentativesUnderLargeModuli(bits: Int) throws {
        var random = SeededRandom(seed: UInt64(bits))
        let count = (bits + 7) / 8
        var modulus = random.bytes(count: count)
        modulus[0] = 1 << UInt8((bits - 1) % 8)
        modulus[count - 1] |= 1
        let evp = try RSAPublicKey(modulus: modulus, exponent: [1, 0, 1], engine: .evp)
        let chain = try RSAPublicKey(modulus: modulus, exponent: [1, 0, 1], engine: .montgomeryChain)
        let zero = [UInt8](repeating: 0, count: count)
        let minusOne = modulus.dropLast() + [modulus[count - 1] - 1]
        let above = modulus.dropLast() + [modulus[count - 1] | 2]
        var presented = [zero, zero.dropLast() + [1], Array(minusOne), modulus, Array(above)]
        presented += (0..<20).map { _ in random.bytes(count: count) }
        presented.append([UInt8](repeating: 0xFF, count: count))
        for hash in SHA2.Size.allCases {
            for signature in presented {
                #expect(!evp.accepts(signature, over: Self.message, padding: .pkcs1, hash: hash))
                #expect(!chain.accepts(signature, over: Self.message, padding: .pkcs1, hash: hash))
            }
        }
    }

    @Test func agreeOnRandomChanges() throws {
        let keys = try Keys(bits: 2048)
        let signature = try keys.signing.signPKCS1(Self.message, hash: .bits256)
        var random = SeededRandom(seed: 3)
        var wrong = 0
        for _ in 0..<PropertyCases.count {
            let start = Int.random(in: 0..<256, using: &random)
            let replacement = random.bytes(count: Int.random(in: 0...256 - start, using: &random))
            let changed = Array(signature.prefix(start) + replacement + signature.dropFirst(start + replacement.count))
            if keys.answer(changed) != (changed == signature) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    /// Sizes that leave room above the modulus, signatures of any length, and good ones with something before, after
    /// or missing.
    @Test(arguments: [2049, 2055, 3071])
    func agreeOnRandomSignaturesUnderOddSizes(bits: Int) throws {
        let keys = try Keys(bits: bits)
        let signature = try keys.signing.signPKCS1(Self.message, hash: .bits256)
        var random = SeededRandom(seed: UInt64(bits))
        var wrong = 0
        for _ in 0..<PropertyCases.count / 10 {
            let presented =
                switch Int.random(in: 0..<4, using: &random) {
                case 0: random.bytes(count: signature.count)
                case 1: random.bytes(count: Int.random(in: 0...600, using: &random))
                case 2: [UInt8](repeating: 0, count: .random(in: 0...2, using: &random)) + signature
                default: Array(signature.dropLast(.random(in: 0...2, using: &random)))
                }
            if keys.answer(presented) != (presented == signature) { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test(arguments: [RSAEngine.evp, .montgomeryChain])
    func answersDoNotDependOnEarlierOrConcurrentCalls(engine: RSAEngine) async throws {
        let signing = try RSAPrivateKey.generate()
        let key = try RSAPublicKey(modulus: signing.publicModulus, exponent: signing.publicExponent, engine: engine)
        let signatures = try (0..<4).map { try signing.signPKCS1([UInt8($0)], hash: .bits256) }
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    var random = SeededRandom(seed: UInt64(task))
                    return (0..<300).count { _ in
                        let signed = Int.random(in: 0..<4, using: &random)
                        let presented = Int.random(in: 0..<4, using: &random)
                        let accepted = key.accepts(
                            signatures[signed], over: [UInt8(presented)], padding: .pkcs1, hash: .bits256)
                        return accepted != (signed == presented)
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    private func sum(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        var carry = 0
        return Array(
            zip(a, b).reversed().map { pair in
                carry += Int(pair.0) + Int(pair.1)
                defer { carry >>= 8 }
                return UInt8(carry & 0xFF)
            }.reversed())
    }
}
