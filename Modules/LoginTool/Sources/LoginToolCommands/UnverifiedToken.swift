import WireFormats

/// The content of a token that is not verified.
struct UnverifiedToken {
    let header: JSONObject
    let payload: JSONObject
    let signatureOctets: Int

    /// - Throws: ``RejectionError`` which names the segment and its fault.
    init(_ text: String) throws(RejectionError) {
        let octets = text.utf8
        guard octets.count <= TokenText.limit else {
            throw RejectionError("token_too_long", words: "the token is longer than \(TokenText.limit) octets")
        }
        let count = octets.reduce(1) { $1 == UInt8(ascii: ".") ? $0 + 1 : $0 }
        guard count == 3 else { throw RejectionError("malformed_token", words: Self.wrongCount(count)) }
        let segments = octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        header = try Self.object(segments[0], name: "header")
        payload = try Self.object(segments[1], name: "payload")
        signatureOctets = try Self.decoded(segments[2], name: "signature").count
    }

    /// The content as one JSON object, whose first member says that it is not verified.
    var report: JSONObject {
        [
            "warning": "NOT VERIFIED: anyone can have written this token", "verified": false,
            "header": .object(header), "payload": .object(payload),
            "signature_octets": .number(JSONNumber(signatureOctets)),
        ]
    }

    private static func wrongCount(_ count: Int) -> String {
        switch count {
        case 1: "the token has no dots; a signed token is header.payload.signature"
        case 5:
            "the token has 5 segments, so it is encrypted (JWE); a signed token has 3. Turn off "
                + "the encryption of this client's tokens at the provider"
        default: "the token has \(count) segments; a signed token has 3"
        }
    }

    private static func object(_ segment: Substring.UTF8View, name: String) throws(RejectionError) -> JSONObject {
        let octets = try decoded(segment, name: name)
        let value: JSONValue
        do { value = try JSONValue(reading: octets) } catch {
            throw RejectionError("malformed_\(name)", words: "the \(name) is not strict JSON: \(error)")
        }
        guard let object = value.objectValue else {
            throw RejectionError("malformed_\(name)", words: "the \(name) is JSON, but not an object")
        }
        return object
    }

    private static func decoded(_ segment: Substring.UTF8View, name: String) throws(RejectionError) -> [UInt8] {
        guard let octets = Base64URL.decode(String(Substring(segment))) else {
            throw RejectionError("malformed_\(name)", words: "the \(name) is not base64url: \(Base64URLFault(segment))")
        }
        return octets
    }
}
