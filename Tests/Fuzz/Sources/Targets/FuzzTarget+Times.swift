import JOSE
import OAuthTypes
import WireFormats

extension FuzzTarget {
    /// Two arbitrary numbers in place of times: text, arithmetic, and claims with a valid signature.
    static func times(_ octets: [UInt8]) -> String? {
        let (first, second) = (number(octets.prefix(8)), number(octets.dropFirst(8).prefix(8)))
        let (time, other) = (UnixTime(seconds: first), UnixTime(seconds: second))
        guard time.adding(.seconds(second)).seconds == Int64(clamping: Int128(first) + Int128(second)) else {
            return "a sum that is neither exact nor at a bound"
        }
        guard time.duration(since: other) == .seconds(Int64(clamping: Int128(first) - Int128(second))) else {
            return "a difference that is neither exact nor at a bound"
        }
        guard !time.utcText.isEmpty, time.utcTimeOfDay.utf8.count == 8 else { return "a time without a text" }
        return claimed(time, other)
    }

    private static func number(_ octets: ArraySlice<UInt8>) -> Int64 {
        octets.reduce(0) { $0 << 8 | Int64($1) }
    }

    // Whatever the numbers are, the result is a token whose times hold, or an error.
    private static func claimed(_ time: UnixTime, _ other: UnixTime) -> String? {
        for name in ["exp", "iat", "nbf", "auth_time", "updated_at"] {
            var claims: JSONObject = [
                "iss": .string(Fixed.issuer.text), "sub": "s", "aud": "client-123", "nonce": .string(Fixed.nonce),
                "exp": 1_760_000_300, "iat": 1_760_000_000,
            ]
            claims[name] = .number(JSONNumber(Int(clamping: time.seconds)))
            guard let signed = try? Fixed.signer?.signed(type: "JWT", claims: claims), let verifier = Fixed.bySecret
            else { return "nothing to verify" }
            let raw = RawIDToken(signed.exposedText)
            for now in [Fixed.now, time, other] {
                do {
                    let user = try verifier.verify(raw, expecting: Fixed.expectations, at: now)
                    guard now.duration(since: user.expiresAt) < .seconds(60) else { return "accepted after its end" }
                } catch {
                    guard !"\(error)".isEmpty else { return "refused without a word" }
                }
            }
        }
        return nil
    }
}
