public import OAuthTypes

/// Identifies a client: an IPv4 address, or the first half of an IPv6 address, which is the part that one customer is
/// given.
///
/// It is used only to limit how many logins of one client may fail.
public struct ClientAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address, in one spelling.
    public let description: String

    /// Creates a client address, with or without brackets and port; nil for anything else.
    public init?(_ text: String) {
        let host = ClientAddress.host(of: text)
        if let octets = ClientAddress.ipv4(host) {
            description = octets.map { String($0) }.joined(separator: ".")
        } else if let words = ClientAddress.ipv6(host) {
            let isMapped = words.prefix(5).allSatisfy { $0 == 0 } && words[5] == 0xFFFF
            description =
                isMapped
                ? words.suffix(2).flatMap { [$0 >> 8, $0 & 0xFF] }.map { String($0) }.joined(separator: ".")
                : words.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
        } else {
            return nil
        }
    }

    /// The client behind a number of your own proxies, each of which appends its peer to `X-Forwarded-For`.
    ///
    /// Entries further left are written by the client and are never read. Nil if there are fewer entries than proxies:
    /// the request did not come through them.
    /// - Parameters:
    ///   - peer: the address at the other end of the connection.
    ///   - fields: the request's header fields.
    ///   - proxies: the number of proxies in front of the app; with 0 the peer is the client.
    public init?(peer: String, fields: [HeaderField], proxies: Int) {
        let forwarded = fields.values(named: "X-Forwarded-For").flatMap { $0.split(separator: ",") }
        let chain = forwarded.map { String($0) } + [peer]
        guard (0..<chain.count).contains(proxies) else { return nil }
        self.init(chain[chain.count - 1 - proxies])
    }
}

extension ClientAddress {
    private static func host(of text: String) -> Substring {
        let trimmed = text.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
        guard trimmed.utf8.count <= 64 else { return "" }
        if trimmed.hasPrefix("[") { return trimmed.dropFirst().prefix { $0 != "]" && $0 != "%" } }
        let colons = trimmed.utf8.count { $0 == UInt8(ascii: ":") }
        return trimmed.prefix { colons == 1 ? $0 != ":" : $0 != "%" }
    }

    private static func ipv4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let octets = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
        }
        return octets.count == 4 ? octets : nil
    }

    // RFC 4291 §2.2
    private static func ipv6(_ text: Substring) -> [UInt16]? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = words(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? head : nil }
        guard let tail = words(halves[1]), head.count + tail.count < 8 else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func words(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var words: [UInt16] = []
        for group in text.split(separator: ":", omittingEmptySubsequences: false) {
            if let octets = ipv4(group) {
                words += [UInt16(octets[0]) << 8 | UInt16(octets[1]), UInt16(octets[2]) << 8 | UInt16(octets[3])]
            } else {
                guard (1...4).contains(group.utf8.count), group.utf8.first != UInt8(ascii: "+"),
                    let word = UInt16(group, radix: 16)
                else { return nil }
                words.append(word)
            }
        }
        return words.count <= 8 ? words : nil
    }
}
