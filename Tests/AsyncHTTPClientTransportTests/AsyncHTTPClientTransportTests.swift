#if AsyncHTTPClient

    import AsyncHTTPClientTransport
    import HTTPTransportTesting
    import OAuthTypes
    import Testing

    /// What AsyncHTTPClientTransport does beyond the laws of HTTPTransportLawsTests.
    struct AsyncHTTPClientTransportTests {
        @Test func everyRequestSaysThatItsConnectionIsTheOnlyOne() async throws {
            let peer = try Peer.scripted()
            defer { peer.stop() }
            let transport = try AsyncHTTPClientTransport(AsyncHTTPClientConfiguration(userAgent: ""))
            for replay in [TransportRequest.Replay.never, .idempotent] {
                let request = TransportRequest(.get, try peer.url("echo"), replay: replay)
                let echo = String(decoding: try await transport.send(request, within: .generous).body, as: UTF8.self)
                #expect(echo.contains("Connection: close\r\n"))
                #expect(!echo.lowercased().contains("user-agent"))
            }
            await transport.shutdown()
        }

        @Test func anIPv6AddressHasItsBracketsInHost() async throws {
            let peer = try Peer.faulty()
            defer { peer.stop() }
            let transport = try AsyncHTTPClientTransport()
            let request = TransportRequest(.get, try peer.url("null", host: "[::1]"), replay: .idempotent)
            // A machine without IPv6 refuses the connection.
            let ending = await transport.ending(request)
            #expect([.status(200), .failure(.connectionFailed, .nothing)].contains(ending))
            if ending == .status(200) {
                let heads = try peer.heads(containing: "/null ")
                #expect(heads.count == 1 && heads[0].contains("Host: [::1]:\(peer.port)"))
            }
            await transport.shutdown()
        }

        @Test(arguments: [
            (
                AsyncHTTPClientConfiguration(caFile: "/nowhere/ca.pem"),
                "the certificate authorities cannot be read from /nowhere/ca.pem"
            ),
            (
                AsyncHTTPClientConfiguration(caFile: "/dev/null"),
                "the certificate authorities cannot be read from /dev/null"
            ),
            (
                AsyncHTTPClientConfiguration(proxy: .server(host: "a b", port: 1)),
                "a b:1 is not the host and port of a proxy"
            ),
            (
                AsyncHTTPClientConfiguration(proxy: .server(host: "user:secret@proxy.example", port: 1)),
                "•••:1 is not the host and port of a proxy"
            ),
            (
                AsyncHTTPClientConfiguration(proxy: .server(host: "proxy.example/path?", port: 1)),
                "proxy.example/path?:1 is not the host and port of a proxy"
            ),
            (
                AsyncHTTPClientConfiguration(proxy: .server(host: "proxy.example", port: 0)),
                "proxy.example:0 is not the host and port of a proxy"
            ),
            (
                AsyncHTTPClientConfiguration(userAgent: "a\r\nb: c"),
                "the user agent must not contain control characters"
            ),
            (
                AsyncHTTPClientConfiguration(maximumConnections: 0),
                "the number of connections must be in 1...10000, not 0"
            ),
            (
                AsyncHTTPClientConfiguration(maximumConnections: 10_001),
                "the number of connections must be in 1...10000, not 10001"
            ),
        ])
        func refusesSettingsItCannotUse(_ configuration: AsyncHTTPClientConfiguration, text: String) {
            #expect(throws: TransportError(.unusableSetting(text), sent: .nothing)) {
                try AsyncHTTPClientTransport(configuration)
            }
        }
    }

#endif
