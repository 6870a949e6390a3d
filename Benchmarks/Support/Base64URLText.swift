/// Base64url for test data. The measured code has its own.
public enum Base64URLText {
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The text of `octets`, without padding.
    public static func encode(_ octets: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var bits: UInt32 = 0
        var pending = 0
        for octet in octets {
            bits = bits << 8 | UInt32(octet)
            pending += 8
            while pending >= 6 {
                pending -= 6
                text.append(alphabet[Int(bits >> UInt32(pending)) & 63])
            }
        }
        if pending > 0 { text.append(alphabet[Int(bits << UInt32(6 - pending)) & 63]) }
        return String(decoding: text, as: UTF8.self)
    }
}
