extension AccessToken {
    /// Whether it can be presented in an `Authorization` field: 1 to 65,536 octets of `1*( ALPHA / DIGIT / "-" / "." /
    /// "_" / "~" / "+" / "/" ) *"="` (RFC 6750 §2.1).
    package var isWellFormed: Bool {
        let octets = exposedText.utf8
        guard (1...65_536).contains(octets.count) else { return false }
        let padding = octets.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return padding < octets.count && octets.dropLast(padding).allSatisfy(AccessToken.isTokenOctet)
    }

    /// What `token68` is made of before its padding (RFC 9110 §11.2), and `b64token` with it.
    static func isTokenOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D...0x2F, 0x5F, 0x7E: true
        default: false
        }
    }
}
