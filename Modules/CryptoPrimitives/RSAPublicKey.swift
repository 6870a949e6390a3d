import Concurrency

/// How RSASSA-PKCS1-v1_5 signatures are verified. Both engines give the same results.
package enum RSAEngine: Hashable, Sendable {
    /// `EVP_PKEY_verify` on kept contexts, through libcrypto's configured provider.
    case evp
    /// Libcrypto's big-number arithmetic directly: faster, but outside any FIPS provider. Serves keys with the
    /// exponent 65537; other keys, and PSS, are verified by `evp`.
    case montgomeryChain
}

/// An RSA public key that verifies signatures, for any number of callers at once.
///
/// Making one only checks the numbers; libcrypto's objects are made at the first verification and kept.
package final class RSAPublicKey: Sendable {
    /// The modulus, big-endian without leading zeros.
    package let modulus: [UInt8]
    /// The public exponent, big-endian without leading zeros.
    package let exponent: [UInt8]
    private let usesChain: Bool
    private let key = MadeOnce<EVPKey>()
    private let chain = MadeOnce<MontgomeryModulus>()
    private let contexts = ContextPool<any SignatureContext>()

    /// The sizes of a modulus, in bits, that can be asked for at all.
    package static let possibleSizes = 2048...16384

    /// A key from its big-endian numbers; leading zeros are dropped.
    ///
    /// `sizes` bounds the modulus in bits, within `possibleSizes`. Throws for another size, an even modulus, an
    /// exponent that is even, below 3, or 2^33 and above, and for moduli with the ROCA fingerprint.
    package init(
        modulus: [UInt8], exponent: [UInt8], sizes: ClosedRange<Int> = 2048...8192, engine: RSAEngine = .evp
    ) throws(CryptoError) {
        let modulus = Array(modulus.drop { $0 == 0 })
        let exponent = Array(exponent.drop { $0 == 0 })
        try RSANumbers.check(modulus: modulus, sizes: sizes)
        try RSANumbers.check(exponent: exponent)
        self.modulus = modulus
        self.exponent = exponent
        usesChain = engine == .montgomeryChain && exponent == [1, 0, 1]
    }

    /// The size of the modulus in bits.
    package var bitCount: Int { RSANumbers.bitCount(modulus) }

    /// Whether `signature` is this key's RSASSA-PKCS1-v1_5 signature over `message`.
    ///
    /// It must be as long as the modulus. False also when libcrypto cannot verify, for want of memory.
    package func verifyPKCS1(signature: Span<UInt8>, of message: Span<UInt8>, hash: SHA2.Size) -> Bool {
        verify(signature, of: message, scheme: .pkcs1(hash))
    }

    /// Whether `signature` is this key's RSASSA-PSS signature over `message`, with MGF1 over the same hash and a
    /// salt as long as the digest.
    ///
    /// It must be as long as the modulus. False also when libcrypto cannot verify, for want of memory.
    package func verifyPSS(signature: Span<UInt8>, of message: Span<UInt8>, hash: SHA2.Size) -> Bool {
        verify(signature, of: message, scheme: .pss(hash))
    }

    private func verify(_ signature: Span<UInt8>, of message: Span<UInt8>, scheme: SignatureScheme) -> Bool {
        guard signature.count == modulus.count else { return false }
        return contexts.verify(signature, over: message, scheme: scheme) { () throws(CryptoError) in
            try makeContext(scheme)
        }
    }

    private func makeContext(_ scheme: SignatureScheme) throws(CryptoError) -> any SignatureContext {
        if usesChain, case .pkcs1(let size) = scheme {
            let prepared = try chain.value { () throws(CryptoError) in try MontgomeryModulus(modulus) }
            return try MontgomeryContext(prepared, hash: size)
        }
        let key = try key.value { () throws(CryptoError) in try EVPKey.rsa(modulus: modulus, exponent: exponent) }
        return try EVPSignatureContext(key, scheme: scheme)
    }
}
