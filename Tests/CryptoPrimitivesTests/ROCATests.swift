import CryptoPrimitives
import TestSupport
import Testing

/// Moduli made to measure: a chosen residue modulo each of the primes by which the fingerprint is known.
@Suite struct ROCATests {
    private static let primes = (11...167).filter { number in (2..<number).allSatisfy { number % $0 != 0 } }

    private static func powers(modulo prime: Int) -> Set<Int> {
        Set(sequence(first: 1) { $0 * 65537 % prime }.prefix(prime))
    }

    @Test(arguments: [2048, 2049, 2063, 2064, 3079])
    func refusesPowersModuloEveryPrime(bits: Int) throws {
        var random = SeededRandom(seed: UInt64(bits))
        for _ in 0..<20 {
            let modulus = Self.modulus(bits, using: &random) { prime, random in
                Self.powers(modulo: prime).sorted().randomElement(using: &random) ?? 1
            }
            #expect(throws: CryptoError.guessableModulus) { try RSAPublicKey(modulus: modulus, exponent: [1, 0, 1]) }
        }
    }

    /// A power modulo all the primes but one: no faulty generator makes such a modulus.
    @Test(arguments: primes)
    func takesWhatOnePrimeTellsApart(prime: Int) throws {
        var random = SeededRandom(seed: UInt64(prime))
        let others = Set(0..<prime).subtracting(Self.powers(modulo: prime)).sorted()
        for bits in [2048, 2049, 2064] {
            for other in [others.first, others.last].compactMap(\.self) {
                let modulus = Self.modulus(bits, using: &random) { candidate, random in
                    if candidate == prime { return other }
                    return Self.powers(modulo: candidate).sorted().randomElement(using: &random) ?? 1
                }
                #expect(try RSAPublicKey(modulus: modulus, exponent: [1, 0, 1]).bitCount == bits)
            }
        }
    }

    /// An odd number of so many bits with these residues: steps that change no earlier one reach the next.
    private static func modulus(
        _ bits: Int, using random: inout SeededRandom, residue: (Int, inout SeededRandom) -> Int
    ) -> [UInt8] {
        let count = (bits + 7) / 8
        var number = random.bytes(count: count)
        let top = (bits - 1) % 8
        number[0] = 1 << UInt8(top)
        number[1] &= 0x7F
        number[count - 1] |= 1
        var step = [UInt8](repeating: 0, count: count - 1) + [2]
        for prime in primes {
            let wanted = residue(prime, &random)
            let (start, width) = (remainder(number, prime), remainder(step, prime))
            let count = (0..<prime).first { (start + $0 * width) % prime == wanted } ?? 0
            number = sum(number, product(step, count))
            step = product(step, prime)
        }
        return number
    }

    private static func remainder(_ number: [UInt8], _ divisor: Int) -> Int {
        number.reduce(0) { ($0 * 256 + Int($1)) % divisor }
    }

    private static func sum(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
        var (sum, carry) = (a, 0)
        for index in a.indices.reversed() {
            carry += Int(a[index]) + Int(b[index])
            sum[index] = UInt8(carry & 0xFF)
            carry >>= 8
        }
        return sum
    }

    private static func product(_ number: [UInt8], _ factor: Int) -> [UInt8] {
        var (product, carry) = (number, 0)
        for index in number.indices.reversed() {
            carry += Int(number[index]) * factor
            product[index] = UInt8(carry & 0xFF)
            carry >>= 8
        }
        return product
    }
}
