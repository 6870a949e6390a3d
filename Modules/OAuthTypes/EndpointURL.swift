package import WireFormats

/// Whether a URL may use `http`. Anything but loopback needs `https`, whatever the configuration says.
public enum PlaintextHTTP: Sendable, Hashable {
    /// `https` only.
    case refused
    /// `http` is accepted for `localhost`, `127.0.0.0/8` and `::1`: development.
    case loopback
}

/// Scheme, host and port of a URL (RFC 6454 §4).
public struct Origin: Hashable, Sendable, CustomStringConvertible {
    /// `https` or `http`.
    public let scheme: String

    /// The host in lower case; an IPv6 address keeps its brackets.
    public let host: String

    /// The port, the scheme's default made explicit.
    public let port: UInt16

    /// Whether the host is `localhost`, in `127.0.0.0/8`, or `::1`.
    public var isLoopback: Bool {
        host == "localhost" || host == "[::1]" || (host.hasPrefix("127.") && HostSyntax.isIPv4(host))
    }

    /// As browsers write it: the default port left out.
    public var description: String {
        let isDefault = port == (scheme == "https" ? 443 : 80)
        return isDefault ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }
}

/// An absolute `https` URL that keeps its exact text (`http` only for loopback, when asked for by name).
public struct EndpointURL: Hashable, Sendable, CustomStringConvertible {
    /// The URL octet for octet as it was given.
    public let text: String

    /// Scheme, host and port.
    public let origin: Origin

    /// The path as written; empty when there is none.
    public let path: String

    /// The query as written, without its `?`.
    public let query: String?

    /// Reads an absolute URL. `plaintext` says whether `http` is accepted for loopback hosts.
    /// - Throws: ``IdentifierError`` that names the rule it breaks.
    public init(_ text: String, allowing plaintext: PlaintextHTTP = .refused) throws(IdentifierError) {
        guard (1...2048).contains(text.utf8.count), text.utf8.allSatisfy(EndpointURL.isURLOctet) else {
            throw .url(.characters)
        }
        guard !text.utf8.contains(UInt8(ascii: "#")) else { throw .url(.fragment) }
        guard let schemeEnd = text.firstRange(of: "://") else { throw .url(.scheme) }
        let scheme = text[..<schemeEnd.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw .url(.scheme) }
        let rest = text[schemeEnd.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        origin = try EndpointURL.origin(scheme: scheme, authority: rest[..<authorityEnd])
        guard scheme == "https" || (plaintext == .loopback && origin.isLoopback) else { throw .url(.scheme) }
        let target = rest[authorityEnd...]
        let queryMark = target.firstIndex(of: "?")
        path = String(target[..<(queryMark ?? target.endIndex)])
        query = queryMark.map { String(target[target.index(after: $0)...]) }
        self.text = text
    }

    /// The URL with `fields` in its query, percent-encoded once. Its own parameters stay where no field has their name.
    package func settingQuery(_ fields: [FormField]) -> String {
        guard let query else { return addingQuery(fields) }
        let pairs = query.split(separator: "&", omittingEmptySubsequences: false)
        let kept = pairs.filter { pair in
            // What cannot be decoded matches none of the fields.
            guard let own = try? FormEncoding.decode(pair).first?.name else { return true }
            return !fields.contains { $0.name.hasSameOctets(as: own) }
        }
        guard kept.count < pairs.count else { return addingQuery(fields) }
        let beginning = String(text.prefix { $0 != "?" }) + "?" + kept.joined(separator: "&")
        return EndpointURL.adding(fields, to: beginning, separator: kept.isEmpty ? "" : "&")
    }

    /// The URL with `fields` added to its query, percent-encoded once.
    package func addingQuery(_ fields: [FormField]) -> String {
        EndpointURL.adding(fields, to: text, separator: query.map { $0.isEmpty ? "" : "&" } ?? "?")
    }

    private static func adding(_ fields: [FormField], to text: String, separator: String) -> String {
        guard !fields.isEmpty else { return text }
        let pairs = fields.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
        return text + separator + pairs.joined(separator: "&")
    }

    /// The URL.
    public var description: String { text }

    /// Whether both have the same text.
    public static func == (left: EndpointURL, right: EndpointURL) -> Bool { left.text == right.text }

    /// Feeds the text to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension EndpointURL {
    // RFC 3986 §2; '"', '<', '>', '\', '^', '`', '{', '|' and '}' are in no production.
    private static func isURLOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: true
        default: false
        }
    }

    private static func origin(scheme: String, authority: Substring) throws(IdentifierError) -> Origin {
        guard !authority.contains("@") else { throw .url(.userInformation) }
        let (host, portText) = try split(authority)
        guard HostSyntax.isHost(host) else { throw .url(.host) }
        guard let portText, !portText.isEmpty else {
            return Origin(scheme: scheme, host: host.lowercased(), port: scheme == "https" ? 443 : 80)
        }
        guard portText.utf8.count <= 5, portText.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(portText), port > 0
        else { throw .url(.port) }
        return Origin(scheme: scheme, host: host.lowercased(), port: port)
    }

    private static func split(_ authority: Substring) throws(IdentifierError) -> (host: Substring, port: Substring?) {
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { throw .url(.host) }
            let afterHost = authority.index(after: close)
            guard afterHost < authority.endIndex else { return (authority, nil) }
            guard authority[afterHost] == ":" else { throw .url(.host) }
            return (authority[..<afterHost], authority[authority.index(after: afterHost)...])
        }
        guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }
}
