/// Why a cookie could not be written; names the part, never its text.
package enum SetCookieError: Error, Sendable, Hashable {
    case name, value, path
    case tooLong(limit: Int)
    /// `__Host-` needs Secure and the path `/`; `__Secure-` needs Secure (RFC 6265bis §4.1.3).
    case prefix
    /// SameSite=None needs Secure (RFC 6265bis §5.7).
    case sameSite
}

/// A Set-Cookie field that was checked part by part, so that no part can add an attribute or a header line.
///
/// There is no Domain attribute: every cookie here belongs to one host.
package struct SetCookie: Sendable, Hashable {
    package enum SameSite: String, Sendable, Hashable {
        case strict = "Strict"
        case lax = "Lax"
        case none = "None"
    }

    /// Browsers ignore a cookie whose name and value together are longer (RFC 6265bis §5.6).
    package static let maximumOctets = 4_096
    private static let maximumPathOctets = 1_024

    package let name: String
    package let value: String
    package let path: String
    /// Seconds; nil makes it a cookie of the browser session, zero or less deletes it.
    package let maxAge: Int?
    package let secure: Bool
    package let httpOnly: Bool
    package let sameSite: SameSite

    package init(
        name: String, value: String, path: String = "/", maxAge: Int? = nil, secure: Bool = true, httpOnly: Bool = true,
        sameSite: SameSite = .lax
    ) throws(SetCookieError) {
        try Self.check(name: name, value: value, path: path)
        try Self.checkPrefix(of: name, path: path, secure: secure)
        guard sameSite != .none || secure else { throw .sameSite }
        self.name = name
        self.value = value
        self.path = path
        self.maxAge = maxAge
        self.secure = secure
        self.httpOnly = httpOnly
        self.sameSite = sameSite
    }

    /// The value of the Set-Cookie header field.
    package var text: String {
        var text = "\(name)=\(value); Path=\(path)"
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if secure { text += "; Secure" }
        if httpOnly { text += "; HttpOnly" }
        return text + "; SameSite=\(sameSite.rawValue)"
    }

    private static func check(name: String, value: String, path: String) throws(SetCookieError) {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else { throw .name }
        guard value.utf8.allSatisfy(isCookieOctet) else { throw .value }
        guard name.utf8.count + value.utf8.count <= maximumOctets else { throw .tooLong(limit: maximumOctets) }
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.allSatisfy(isCookieOctet) else { throw .path }
        guard path.utf8.count <= maximumPathOctets else { throw .tooLong(limit: maximumPathOctets) }
    }

    private static func checkPrefix(of name: String, path: String, secure: Bool) throws(SetCookieError) {
        // Browsers match the prefixes without regard to case.
        let lowercased = name.lowercased()
        if lowercased.hasPrefix("__host-") {
            guard secure, path == "/" else { throw .prefix }
        } else if lowercased.hasPrefix("__secure-") {
            guard secure else { throw .prefix }
        }
    }

    /// A `cookie-octet` of RFC 6265 §4.1.1: visible ASCII but quote, comma, semicolon and backslash.
    private static func isCookieOctet(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\\"): false
        default: byte > 0x20 && byte < 0x7F
        }
    }
}
