import CurlTransport
import HTTPTransportTesting
import OAuthTypes
import Testing

/// What a provider's metadata names must not lead into the app's own network.
struct AddressGuardTests {
    private static let away = "https://login.example"

    private func transport(
        for issuer: String, allowing hosts: [String] = [], proxy: CurlConfiguration.Proxy = .none
    ) throws -> CurlTransport {
        let addressGuard = AddressGuard(issuer: try Issuer(issuer, allowing: .loopback), allowing: hosts)
        return try CurlTransport(CurlConfiguration(proxy: proxy, addressGuard: addressGuard))
    }

    private func refusal(of host: String, by transport: CurlTransport) async throws -> TransportError? {
        let url = try EndpointURL("https://\(host)/token")
        do throws(TransportError) {
            _ = try await transport.send(TransportRequest(.post, url, body: [1], replay: .never), within: .generous)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "100.100.100.200", "169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1",
        "192.0.0.8", "192.0.2.1", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
        "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]", "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::1]", "[2002:0a00:0001::1]", "[2001::1]", "[2001:db8::1]", "[fec0::1]", "[100::1]", "[3fff::1]",
    ])
    func refusesAddress(_ host: String) async throws {
        let transport = try transport(for: Self.away)
        let error = try await refusal(of: host, by: transport)
        guard case .addressRefused(host, _) = error?.reason else {
            Issue.record("not refused: \(String(describing: error))")
            return
        }
        #expect(error?.sent == .nothing)
        #expect(error?.description.contains("the host \(host) has the address ") == true)
        #expect(error?.description.contains("name the host in the transport's address guard") == true)
    }

    @Test(
        arguments: [
            [1, 1, 1, 1], [8, 8, 8, 8], [172, 15, 0, 1], [172, 32, 0, 1], [192, 167, 1, 1], [100, 63, 1, 1],
            [100, 128, 0, 1],
            [169, 253, 1, 1], [223, 255, 255, 255], [11, 0, 0, 1], [198, 17, 0, 1], [192, 0, 1, 1],
            [0x20, 0x01, 0x48, 0x60, 0x48, 0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0x88, 0x88],
            [0x26, 0x06, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 8, 8, 8, 8],
            [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8],
        ] as [[UInt8]])
    func knowsPublicAddresses(_ octets: [UInt8]) throws {
        #expect(try #require(InternetAddress(octets: octets)).kind == .open)
    }

    @Test(arguments: [[], [1], [1, 2, 3], [UInt8](repeating: 0, count: 17)] as [[UInt8]])
    func isNoAddress(_ octets: [UInt8]) { #expect(InternetAddress(octets: octets) == nil) }

    /// The name is harmless, its address is not: so does a name whose address has been changed meanwhile.
    @Test(arguments: ["http", "https"])
    func looksAtTheAddressThatANameHas(_ scheme: String) async throws {
        let peer = try Peer.scripted()
        let transport = try transport(for: Self.away)
        let url = try peer.url("kept", scheme: scheme, host: "localhost")
        let request = TransportRequest(.post, url, body: [1], replay: .never)
        guard case .failure(.addressRefused("localhost", let address), .nothing) = await transport.ending(request)
        else {
            Issue.record("not refused")
            return
        }
        #expect(["127.0.0.1", "::1"].contains(address))
        #expect(try peer.requests(containing: "") == 0)
        await transport.shutdown()
    }

    @Test func reachesHostsThatWereConfigured() async throws {
        let peer = try Peer.scripted()
        let request = TransportRequest(.get, try peer.url("kept", host: "localhost"), replay: .idempotent)
        let allowed = try transport(for: Self.away, allowing: ["LOCALHOST"])
        #expect(await allowed.ending(request) == .status(200))
        let unguarded = try CurlTransport()
        #expect(await unguarded.ending(request) == .status(200))
        await allowed.shutdown()
        await unguarded.shutdown()
    }

    @Test(arguments: ["http://localhost:3001", "http://127.0.0.1", "https://10.1.2.3", "https://[fd00::1]"])
    func anIssuerInItsOwnNetworkMayNameHostsThere(_ issuer: String) async throws {
        let peer = try Peer.scripted()
        let transport = try transport(for: issuer)
        let request = TransportRequest(.get, try peer.url("kept", host: "localhost"), replay: .idempotent)
        #expect(await transport.ending(request) == .status(200))
        for host in ["169.254.169.254", "[fe80::1]", "0.0.0.0"] {
            #expect(
                try await refusal(of: host, by: transport)?.reason
                    == .addressRefused(
                        host: host, address: host.filter { $0 != "[" && $0 != "]" }))
        }
        await transport.shutdown()
    }

    @Test func refusesAnAddressBehindAProxyToo() async throws {
        let proxy = try Peer.scripted()
        let transport = try transport(for: Self.away, proxy: .server(host: "127.0.0.1", port: proxy.port))
        #expect(
            try await refusal(of: "10.0.0.1", by: transport)?.reason
                == .addressRefused(
                    host: "10.0.0.1", address: "10.0.0.1"))
        #expect(try proxy.requests(containing: "") == 0)
        // The proxy's own address is configured, and it looks names up itself.
        #expect(try await refusal(of: "login.invalid", by: transport)?.reason == .connectionFailed)
        #expect(try proxy.requests(containing: "CONNECT login.invalid:443") == 1)
        await transport.shutdown()
    }

    @Test func cannotGuardWhatTheEnvironmentDecides() throws {
        let error = #expect(throws: TransportError.self) { try transport(for: Self.away, proxy: .environment) }
        #expect(
            error?.description
                == "an address guard needs to know the proxy: name it instead of .environment, or take none")
    }
}
