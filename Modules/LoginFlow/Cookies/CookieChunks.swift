/// A value spread over several cookies: the first starts with their number, such as `3.`, so that none can be missing
/// or left over.
enum CookieChunks {
    static let maximumCount = 5
    /// The maximum size in octets of a cookie with its name and attributes: browsers need not keep more (RFC 6265
    /// §6.1).
    static let cookieOctets = 4096
    // Path, Max-Age, Secure, HttpOnly and SameSite as they are written, `=`, the number and the suffix of the name.
    private static let overhead = 96

    /// How many octets of the value fit into one cookie.
    static func capacity(name: String) -> Int { cookieOctets - overhead - name.utf8.count }

    static func name(_ name: String, at index: Int) -> String { index == 0 ? name : "\(name).\(index)" }

    /// The cookies' values. There may be more than ``maximumCount``: the backend checks before it writes them.
    static func split(_ value: String, name: String) -> [String] {
        let capacity = capacity(name: name)
        let octets = Array(value.utf8)
        let parts = stride(from: 0, to: octets.count, by: capacity).map {
            String(decoding: octets[$0..<min($0 + capacity, octets.count)], as: UTF8.self)
        }
        return ["\(parts.count)." + (parts.first ?? "")] + parts.dropFirst()
    }

    /// The joined value; nil unless `part` returns each of the cookies by its index.
    static func join(_ part: (Int) -> String?) -> String? {
        guard let first = part(0), let digit = first.utf8.first, first.utf8.dropFirst().first == UInt8(ascii: ".")
        else { return nil }
        let count = Int(digit) - Int(UInt8(ascii: "0"))
        guard (1...maximumCount).contains(count) else { return nil }
        var value = String(first.dropFirst(2))
        for index in 1..<max(count, 1) {
            guard let next = part(index) else { return nil }
            value += next
        }
        return value
    }
}
