import CryptoPrimitives

extension Wycheproof {
    /// Verifies each signature on a key that earlier cases used.
    static func signatures<Key>(
        _ cases: [WycheproofCase], key: (WycheproofCase) throws -> (identity: [UInt8], make: () throws -> Key),
        accepts: (Key, WycheproofCase) -> Bool, isOffered: (WycheproofCase) -> Bool = { _ in true }
    ) throws -> Verdicts {
        var verdicts = Verdicts()
        var keys: [[UInt8]: Key] = [:]
        for example in cases {
            let (identity, make) = try key(example)
            let key = try keys[identity] ?? make()
            keys[identity] = key
            verdicts.record(
                example.label, accepted: accepts(key, example),
                expected: example.expected(ifOffered: isOffered(example)))
        }
        return verdicts
    }

    static func pkcs1(_ cases: [WycheproofCase], hash: SHA2.Size, engine: RSAEngine) throws -> Verdicts {
        try signatures(cases, key: { rsaKey($0, engine: engine) }) { key, example in
            key.verifyPKCS1(signature: example.bytes("sig").span, of: example.bytes("msg").span, hash: hash)
        }
    }

    /// The salt is as long as the digest and the mask is made with the same hash (RFC 7518 §3.5); all else is refused.
    static func pss(_ cases: [WycheproofCase]) throws -> Verdicts {
        try signatures(cases, key: { rsaKey($0, engine: .evp) }) { key, example in
            let hashes = offeredHash(example).map { [$0] } ?? SHA2.Size.allCases
            return hashes.contains { hash in
                key.verifyPSS(signature: example.bytes("sig").span, of: example.bytes("msg").span, hash: hash)
            }
        } isOffered: { example in
            let hash = offeredHash(example)
            return hash?.byteCount == example.number("sLen")
                && example.groupText("mgfSha") == example.groupText("sha")
        }
    }

    private static func offeredHash(_ example: WycheproofCase) -> SHA2.Size? {
        switch example.groupText("sha") {
        case "SHA-256": .bits256
        case "SHA-384": .bits384
        case "SHA-512": .bits512
        default: nil
        }
    }

    private static func rsaKey(
        _ example: WycheproofCase, engine: RSAEngine
    ) -> (identity: [UInt8], make: () throws -> RSAPublicKey) {
        let modulus = example.keyBytes("modulus")
        let exponent = example.keyBytes("publicExponent")
        return (modulus + exponent, { try RSAPublicKey(modulus: modulus, exponent: exponent, engine: engine) })
    }

    /// Signatures of fixed width (RFC 7518 §3.4). Those in DER are refused, good ones too.
    static func ecdsa(
        _ cases: [WycheproofCase], curve: EllipticCurve, hash: SHA2.Size, isFixedWidth: Bool = true
    ) throws -> Verdicts {
        let width = curve.coordinateCount
        return try signatures(cases) { example in
            let point = Array(example.keyBytes("uncompressed").dropFirst())
            return (point, { try ECPublicKey(curve: curve, x: Array(point[..<width]), y: Array(point[width...])) })
        } accepts: { key, example in
            key.verify(signature: example.bytes("sig").span, of: example.bytes("msg").span, hash: hash)
        } isOffered: { _ in
            isFixedWidth
        }
    }

    static func edwards(_ cases: [WycheproofCase], curve: EdwardsCurve) throws -> Verdicts {
        try signatures(cases) { example in
            let octets = example.keyBytes("pk")
            return (octets, { try EdwardsPublicKey(curve: curve, bytes: octets) })
        } accepts: { key, example in
            key.verify(signature: example.bytes("sig").span, of: example.bytes("msg").span)
        }
    }
}
