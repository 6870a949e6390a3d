import CurlTransport
import HTTPTransportTesting
import OAuthTypes
import Testing

/// What CurlTransport does beyond the laws of HTTPTransportLawsTests.
struct CurlTransportTests {
    @Test func writesTheRequestThatWasAskedFor() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let fields = [
            HeaderField("X-Empty", ""), HeaderField("Host", "evil.example"), HeaderField("Content-Length", "1"),
            HeaderField("Accept", "application/json"),
        ]
        let request = TransportRequest(
            .post, try peer.url("echo?a=%2e%2e&b"), fields: fields.compactMap { $0 }, body: Array("x=1".utf8),
            replay: .never)
        let response = try await transport.send(request, within: .generous)
        let expected = """
            POST /echo?a=%2e%2e&b HTTP/1.1\r
            Host: 127.0.0.1:\(peer.port)\r
            User-Agent: swift-login-flow\r
            Accept-Encoding: identity\r
            X-Empty:\r
            Accept: application/json\r
            Content-Length: 3\r
            \r
            x=1
            """
        #expect(String(decoding: response.body, as: UTF8.self) == expected)
        await transport.shutdown()
    }

    @Test func keepsConnectionsForReadingOnly() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport(CurlConfiguration(connections: .keptForReading))
        let url = try peer.url("kept")
        #expect(try await transport.text(url) == "1")
        #expect(try await transport.text(url) == "1")
        for expected in ["2", "3"] {
            let once = try await transport.send(TransportRequest(.get, url, replay: .never), within: .generous)
            #expect(String(decoding: once.body, as: UTF8.self) == expected)
        }
        #expect(try await transport.text(url) == "1")
        await transport.shutdown()
    }

    @Test(arguments: ["POST", "GET"])
    func sendsACodeOnceWhenTheConnectionDies(_ method: String) async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport(CurlConfiguration(connections: .keptForReading))
        // A kept connection is available, as in the case where libcurl would send again.
        #expect(try await transport.text(peer.url("kept")) == "1")
        let body = Array(method == "POST" ? "code=1".utf8 : "".utf8)
        let request = TransportRequest(
            try #require(HTTPMethod(method)), try peer.url("die"), body: body, replay: .never)
        #expect(await transport.ending(request) == .failure(.connectionLost, .maybe))
        #expect(try peer.requests(containing: "/die ") == 1)
        await transport.shutdown()
    }

    @Test(arguments: [
        (
            CurlConfiguration(caFile: "/nowhere/ca.pem"),
            "the certificate authorities cannot be read from /nowhere/ca.pem"
        ),
        (CurlConfiguration(proxy: .server(host: "a b", port: 1)), "a b:1 is not the host and port of a proxy"),
        (
            CurlConfiguration(proxy: .server(host: "user:secret@proxy.example", port: 1)),
            "•••:1 is not the host and port of a proxy"
        ),
        (
            CurlConfiguration(proxy: .server(host: "proxy.example", port: 0)),
            "proxy.example:0 is not the host and port of a proxy"
        ),
        (CurlConfiguration(userAgent: "a\r\nb: c"), "the user agent must not contain control characters"),
        (CurlConfiguration(maximumConnections: 0), "the number of connections must be in 1...10000, not 0"),
        (CurlConfiguration(maximumConnections: -1), "the number of connections must be in 1...10000, not -1"),
        (CurlConfiguration(maximumConnections: 10_001), "the number of connections must be in 1...10000, not 10001"),
    ])
    func refusesSettingsItCannotUse(_ configuration: CurlConfiguration, text: String) {
        let expected = TransportError(.unusableSetting(text), sent: .nothing)
        #expect(throws: expected) { try CurlTransport(configuration) }
        #expect(expected.description == text)
    }
}
