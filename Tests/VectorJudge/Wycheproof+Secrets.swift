import CryptoPrimitives

extension Wycheproof {
    /// Cut authenticators are never accepted.
    static func hmac(_ cases: [WycheproofCase], hash size: SHA2.Size) -> Verdicts {
        var verdicts = Verdicts()
        for example in cases {
            let accepted = HMAC.verify(
                example.bytes("tag"), key: example.bytes("key"), message: example.bytes("msg"), hash: size)
            let isWhole = example.number("tagSize") == size.byteCount * 8
            verdicts.record(example.label, accepted: accepted, expected: example.expected(ifOffered: isWhole))
        }
        return verdicts
    }

    static func hkdf(_ cases: [WycheproofCase]) -> Verdicts {
        var verdicts = Verdicts()
        for example in cases {
            let derived = try? HKDF.derive(
                secret: example.bytes("ikm"), salt: example.bytes("salt"), info: example.bytes("info"),
                count: example.number("size"))
            verdicts.record(
                example.label, accepted: derived == example.bytes("okm"), expected: example.expected)
        }
        return verdicts
    }

    /// Keys of 256, nonces of 96 and tags of 128 bits, in both directions; the other sizes do not exist here.
    static func aead(_ cases: [WycheproofCase]) -> Verdicts {
        var verdicts = Verdicts()
        for example in cases {
            let sizes = [example.number("keySize"), example.number("ivSize"), example.number("tagSize")]
            guard sizes == [256, 96, 128] else {
                verdicts.leaveOut()
                continue
            }
            verdicts.record(example.label, accepted: opensAndSeals(example), expected: example.expected)
        }
        return verdicts
    }

    private static func opensAndSeals(_ example: WycheproofCase) -> Bool {
        let key = example.bytes("key")
        let nonce = example.bytes("iv")
        let associated = example.bytes("aad")
        let sealed = example.bytes("ct") + example.bytes("tag")
        guard let opened = try? AEAD.open(sealed, key: key, nonce: nonce, authenticating: associated) else {
            return false
        }
        let again = try? AEAD.seal(opened, key: key, nonce: nonce, authenticating: associated)
        return opened == example.bytes("msg") && again == sealed
    }
}
