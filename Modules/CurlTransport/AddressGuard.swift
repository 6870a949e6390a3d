public import OAuthTypes

/// Which addresses a ``CurlTransport`` connects to. A provider's metadata names further endpoints; with a guard, they cannot
/// lead into your own network.
///
///     let addressGuard = AddressGuard(issuer: issuer, allowing: ["api.intranet.example"])
///     let transport = try CurlTransport(CurlConfiguration(addressGuard: addressGuard))
///
/// The address is checked when a connection is opened, not when the name is first looked up: a name whose address changes in
/// between (DNS rebinding) gains nothing. Refused are addresses that are not public: loopback, private, shared, link-local,
/// unique-local, multicast, unspecified and reserved ones, in IPv4 or within IPv6 (RFC 6890). The request then fails with
/// `TransportError.Reason.addressRefused`, and nothing was sent.
public struct AddressGuard: Sendable, Hashable {
    private enum Others: Sendable, Hashable {
        case all, ownNetwork, publicOnes
    }

    private let hosts: Set<String>
    private let others: Others

    /// No guard: every address is connected to.
    public static let off = AddressGuard(hosts: [], others: .all)

    /// Guards against endpoints that the issuer's metadata names.
    ///
    /// The issuer's own host and `hosts` are configured by you and may have any address. Every other host needs a public
    /// one. If the issuer is itself a loopback host, as in development, or has a private address for a host, the others may
    /// have loopback and private addresses too; link-local, multicast and unspecified ones are refused even then.
    /// - Parameters:
    ///   - issuer: the issuer that you configured.
    ///   - hosts: further hosts, such as that of an API in your own network; a name, an IPv4 address or a bracketed IPv6 address
    ///     each.
    public init(issuer: Issuer, allowing hosts: [String] = []) {
        let literal = InternetAddress(host: issuer.origin.host)
        let isOwn = issuer.origin.isLoopback || literal.map { $0.kind == .ownNetwork } ?? false
        let known = [issuer.origin.host] + hosts.map { $0.lowercased() }
        self.init(hosts: Set(known), others: isOwn ? .ownNetwork : .publicOnes)
    }

    private init(hosts: Set<String>, others: Others) {
        self.hosts = hosts
        self.others = others
    }

    /// Whether addresses are looked at at all.
    var isOn: Bool { others != .all }

    /// Whether `host` may be connected to at `address`.
    func allows(_ address: InternetAddress, for host: String) -> Bool {
        if hosts.contains(host) { return true }
        switch others {
        case .all: return true
        case .ownNetwork: return address.kind != .never
        case .publicOnes: return address.kind == .open
        }
    }
}
