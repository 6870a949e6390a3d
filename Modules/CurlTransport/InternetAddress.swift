#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An IPv4 or IPv6 address and where it leads.
package struct InternetAddress: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// Anywhere in the internet.
        case open
        /// This machine or its own network: loopback, private, shared, unique-local.
        case ownNetwork
        /// Where no provider is: link-local, multicast, unspecified, reserved.
        case never
    }

    /// Four octets or sixteen.
    package let octets: [UInt8]

    /// Nil unless there are four octets or sixteen.
    package init?(octets: [UInt8]) {
        guard [4, 16].contains(octets.count) else { return nil }
        self.octets = octets
    }

    /// The address that a URL's host is; nil for a name.
    package init?(host: String) {
        let isIPv6 = host.hasPrefix("[") && host.hasSuffix("]")
        let text = isIPv6 ? String(host.dropFirst().dropLast()) : host
        var octets = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        guard unsafe inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &octets) == 1 else { return nil }
        self.octets = octets
    }

    /// Where it leads, by the registries of RFC 6890 and their later entries.
    package var kind: Kind {
        if octets.count == 4 { return InternetAddress.kind(ofIPv4: octets[...]) }
        if let inner = embeddedIPv4 { return InternetAddress.kind(ofIPv4: inner) }
        switch (octets[0], octets[1]) {
        case (0xFC...0xFD, _): return .ownNetwork
        case (0x20, 0x01) where octets[2...3].elementsEqual([0x0D, 0xB8]) || octets[2] < 2: return .never
        case (0x3F, 0xFF) where octets[2] < 0x10: return .never
        // RFC 4291 §2.4: global unicast addresses that are assigned.
        case (0x20...0x3F, _): return .open
        default: return octets == InternetAddress.loopback ? .ownNetwork : .never
        }
    }

    private static let loopback = [UInt8](repeating: 0, count: 15) + [1]

    /// As usual: dots for IPv4, colons for IPv6.
    package var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let family = octets.count == 4 ? AF_INET : AF_INET6
        guard unsafe inet_ntop(family, octets, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    // Where a gateway, or the system, makes an IPv4 address of an IPv6 one.
    private var embeddedIPv4: ArraySlice<UInt8>? {
        let isZero = { (range: Range<Int>) in self.octets[range].allSatisfy { $0 == 0 } }
        // ::ffff:a.b.c.d, RFC 4291 §2.5.5.2
        if isZero(0..<10), octets[10...11].elementsEqual([0xFF, 0xFF]) { return octets[12...] }
        // ::a.b.c.d, RFC 4291 §2.5.5.1; not :: and ::1
        if isZero(0..<12), !isZero(12..<15) { return octets[12...] }
        // 64:ff9b::a.b.c.d, RFC 6052 §2.1
        if octets[0...3].elementsEqual([0, 0x64, 0xFF, 0x9B]), isZero(4..<12) { return octets[12...] }
        // 2002:a.b.c.d::, RFC 3056 §2
        if octets[0...1].elementsEqual([0x20, 0x02]) { return octets[2..<6] }
        return nil
    }

    private static func kind(ofIPv4 octets: ArraySlice<UInt8>) -> Kind {
        let (first, second, third) = (
            octets[octets.startIndex], octets[octets.startIndex + 1], octets[octets.startIndex + 2]
        )
        switch (first, second, third) {
        case (10, _, _), (127, _, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _): return .ownNetwork
        // This network, link-local, protocol assignments and examples, 6to4 relays, benchmarks.
        case (0, _, _), (169, 254, _), (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _), (198, 51, 100),
            (203, 0, 113):
            return .never
        // Multicast, reserved, broadcast.
        case (224..., _, _): return .never
        default: return .open
        }
    }
}
