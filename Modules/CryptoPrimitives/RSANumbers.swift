import CLibcrypto

/// What the numbers of an RSA public key must satisfy before any big-number work is done with them.
enum RSANumbers {
    /// The size of a big-endian number without leading zeros.
    static func bitCount(_ bytes: [UInt8]) -> Int {
        guard let first = bytes.first else { return 0 }
        return bytes.count * 8 - first.leadingZeroBitCount
    }

    static func check(modulus: [UInt8], sizes: ClosedRange<Int>) throws(CryptoError) {
        let bits = bitCount(modulus)
        guard sizes.contains(bits), RSAPublicKey.possibleSizes.contains(bits) else { throw .modulusSize(bits: bits) }
        guard let last = modulus.last, last & 1 == 1 else { throw .evenModulus }
        guard !hasROCAFingerprint(modulus) else { throw .guessableModulus }
    }

    static func check(exponent: [UInt8]) throws(CryptoError) {
        guard let last = exponent.last, last & 1 == 1 else { throw .publicExponent }
        guard (2...33).contains(bitCount(exponent)) else { throw .publicExponent }
    }

    /// Whether the modulus is, modulo every small prime, a power of 65537.
    ///
    /// The primes of the faulty generator are k·M + 65537^a mod M, M the product of the first primes (Nemec et al.,
    /// "The Return of Coppersmith's Attack", 2017), so their product is a power of 65537 modulo each of them. A random
    /// modulus passes all the primes up to 167 with a probability near 2^-28 and mostly fails at one of the first.
    static func hasROCAFingerprint(_ modulus: [UInt8]) -> Bool {
        // Each product of primes fits in 32 bits, so that the modulus is divided once for all of them.
        let groups: [[UInt64]] = [
            [11, 13, 17, 19, 23, 29, 31], [37, 41, 43, 47, 53], [59, 61, 67, 71, 73], [79, 83, 89, 97],
            [101, 103, 107, 109], [113, 127, 131, 137], [139, 149, 151, 157], [163, 167],
        ]
        return groups.allSatisfy { primes in
            let remainder = remainder(of: modulus, by: primes.reduce(1, *))
            return primes.allSatisfy { isPower(remainder % $0, of: 65537 % $0, modulo: $0) }
        }
    }

    /// The remainder of a big-endian number by one below 2^32.
    private static func remainder(of number: [UInt8], by divisor: UInt64) -> UInt64 {
        var (remainder, index) = (UInt64(0), 0)
        while number.count - index >= 4 {
            let high = UInt64(number[index]) << 24 | UInt64(number[index + 1]) << 16
            let word = high | UInt64(number[index + 2]) << 8 | UInt64(number[index + 3])
            remainder = (remainder << 32 | word) % divisor
            index += 4
        }
        while index < number.count {
            remainder = (remainder << 8 | UInt64(number[index])) % divisor
            index += 1
        }
        return remainder
    }

    private static func isPower(_ value: UInt64, of base: UInt64, modulo prime: UInt64) -> Bool {
        var power: UInt64 = 1
        for _ in 0..<prime {
            if power == value { return true }
            power = power * base % prime
        }
        return false
    }
}

extension EVPKey {
    /// An RSA public key of numbers that were checked.
    static func rsa(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) -> EVPKey {
        let modulus = try BigNumber(modulus)
        let exponent = try BigNumber(exponent)
        let key = unsafe clibcrypto_rsa_public_key(modulus.pointer, exponent.pointer)
        return try unsafe EVPKey(owning: key, from: "EVP_PKEY_fromdata")
    }
}
