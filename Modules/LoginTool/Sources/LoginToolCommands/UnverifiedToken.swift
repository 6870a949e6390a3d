import WireFormats

/// What a token says, with nothing known about who wrote it.
struct UnverifiedToken {
    let header: JSONObject
    let payload: JSONObject
    let signatureOctets: Int

    /// - Throws: ``Refusal`` that names the segment and what is wrong with it.
    init(_ text: String) throws(Refusal) {
        let octets = text.utf8
        guard octets.count <= TokenText.limit else {
            throw Refusal("token_too_long", "the token is longer than \(TokenText.limit) octets")
        }
        let count = octets.reduce(1) { $1 == UInt8(ascii: ".") ? $0 + 1 : $0 }
        guard count == 3 else { throw Refusal("malformed_token", Self.wrongCount(count)) }
        let segments = octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        header = try Self.object(segments[0], "header")
        payload = try Self.object(segments[1], "payload")
        signatureOctets = try Self.decoded(segments[2], "signature").count
    }

    /// All of it as one JSON object that says first that it is not verified.
    var report: JSONObject {
        [
            "warning": "NOT VERIFIED: anybody can have written this token", "verified": false,
            "header": .object(header), "payload": .object(payload),
            "signature_octets": .number(JSONNumber(signatureOctets)),
        ]
    }

    private static func wrongCount(_ count: Int) -> String {
        switch count {
        case 1: "the token has no dots; a signed token is header.payload.signature"
        case 5:
            "the token has 5 segments, so it is encrypted (JWE); a signed token has 3. At the provider, turn the "
                + "encryption of this client's tokens off"
        default: "the token has \(count) segments; a signed token has 3"
        }
    }

    private static func object(_ segment: Substring.UTF8View, _ name: String) throws(Refusal) -> JSONObject {
        let octets = try decoded(segment, name)
        let value: JSONValue
        do { value = try JSONValue(reading: octets) } catch {
            throw Refusal("malformed_\(name)", "the \(name) is not strict JSON: \(error)")
        }
        guard let object = value.objectValue else {
            throw Refusal("malformed_\(name)", "the \(name) is JSON, but not an object")
        }
        return object
    }

    private static func decoded(_ segment: Substring.UTF8View, _ name: String) throws(Refusal) -> [UInt8] {
        guard let octets = Base64URL.decode(String(Substring(segment))) else {
            throw Refusal("malformed_\(name)", "the \(name) is not base64url: \(Base64URLFault(segment))")
        }
        return octets
    }
}
