/// The forms of host that a URL may name (RFC 3986 §3.2.2), all ASCII.
enum HostSyntax {
    /// Whether `text` is a name, an IPv4 address, or an IPv6 address in brackets.
    static func isHost(_ text: some StringProtocol) -> Bool {
        guard text.first == "[" else { return isName(text) || isIPv4(text) }
        return text.count > 2 && text.last == "]" && isIPv6(text.dropFirst().dropLast())
    }

    /// Whether `text` is four decimal octets, without the leading zeros that some resolvers read as octal.
    static func isIPv4(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }

    // A last label that is a number makes resolvers read the whole as an address: 127.1 is 127.0.0.1 to them.
    private static func isName(_ text: some StringProtocol) -> Bool {
        guard text.utf8.count <= 253 else { return false }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { (1...63).contains($0.utf8.count) && $0.utf8.allSatisfy(isLabelOctet) }
            && labels.last.map { isNumber($0) } == false
    }

    private static func isNumber(_ label: some StringProtocol) -> Bool {
        label.utf8.allSatisfy { (0x30...0x39).contains($0) }
            || (label.lowercased().hasPrefix("0x") && label.dropFirst(2).utf8.allSatisfy(isHexDigit))
    }

    // RFC 4291 §2.2: eight groups, or fewer with one "::" instead of those that are zero.
    private static func isIPv6(_ text: some StringProtocol) -> Bool {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard let last = halves.last, let tail = groups(in: last, mayEndInIPv4: true) else { return false }
        guard halves.count == 2 else { return halves.count == 1 && tail == 8 }
        guard let head = groups(in: halves[0], mayEndInIPv4: false) else { return false }
        return head + tail < 8
    }

    private static func groups(in text: some StringProtocol, mayEndInIPv4: Bool) -> Int? {
        guard !text.isEmpty else { return 0 }
        var groups = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        if mayEndInIPv4, let last = groups.last, isIPv4(last) {
            groups.removeLast()
            count = 2
        }
        guard groups.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy(isHexDigit) }) else {
            return nil
        }
        return count + groups.count
    }

    private static func isHexDigit(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x66).contains(octet | 0x20)
    }

    private static func isLabelOctet(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x7A).contains(octet | 0x20)
            || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
    }
}
