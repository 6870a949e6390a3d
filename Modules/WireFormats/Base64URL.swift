/// Strict base64url without padding (RFC 4648 §5, as RFC 7515 §2 uses it).
///
/// Decoding accepts exactly what encoding produces: no padding, no white space, no other alphabet, zero trailing bits.
public enum Base64URL {
    /// The unpadded base64url text of `bytes`.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: Base64Alphabet.urlSafe.encode(bytes), as: UTF8.self)
    }

    /// The octets `text` stands for, or nil when it is not strict base64url.
    public static func decode(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8).span)
    }

    /// The octets `text` stands for, or nil when it is not strict base64url.
    package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        Base64Alphabet.urlSafe.decode(text)
    }

    /// How many octets `count` letters stand for; nil for an impossible count (4n + 1, or negative).
    package static func decodedCount(ofEncodedCount count: Int) -> Int? {
        Base64Alphabet.decodedCount(ofEncodedCount: count)
    }

    /// How many letters `count` octets are encoded as.
    package static func encodedCount(_ count: Int) -> Int {
        (count &* 4 &+ 2) / 3
    }

    /// Puts the octets `text` stands for into `octets`, whose storage is kept.
    ///
    /// False when the text is not strict base64url; what `octets` holds then means nothing.
    package static func decode(_ text: Span<UInt8>, replacing octets: inout [UInt8]) -> Bool {
        Base64Alphabet.urlSafe.decode(text, replacing: &octets)
    }
}
