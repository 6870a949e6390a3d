import JOSE
import WireFormats

extension Wycheproof {
    /// Compact JWS under one key or a set of them. JWE cases are left out; a JWS in another serialization is refused.
    static func jws(_ cases: [WycheproofCase]) throws -> Verdicts {
        var verdicts = Verdicts()
        for example in cases {
            guard let jws = example.members["jws"] else {
                verdicts.leaveOut()
                continue
            }
            let text = jws.stringValue ?? String(decoding: JSONWriter.bytes(jws), as: UTF8.self)
            verdicts.record(example.label, accepted: try accepts(text, example), expected: example.expected)
        }
        return verdicts
    }

    private static func accepts(_ compact: String, _ example: WycheproofCase) throws -> Bool {
        let key = (example.group["public"] ?? example.group["private"])?.objectValue ?? [:]
        let payload =
            key["keys"] == nil
            ? try RawVerification.payload(compact, key: key) : try RawVerification.payload(compact, keySet: key)
        return payload != nil
    }
}
