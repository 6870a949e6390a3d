import CurlTransport
import OAuthTypes
import TestSupport
import Testing

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

    @Test(arguments: ["GET", "DELETE", "OPTIONS", "PUT", "PATCH", "POST", "PURGE"])
    func sendsMethod(_ name: String) async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let method = try #require(HTTPMethod(name))
        for body in ["", "{}"] {
            let request = TransportRequest(method, try peer.url("echo"), body: Array(body.utf8), replay: .idempotent)
            let echo = try await transport.send(request, within: .generous).body
            let text = String(decoding: echo, as: UTF8.self)
            #expect(text.hasPrefix("\(name) /echo HTTP/1.1\r\n"))
            #expect(text.hasSuffix("\r\n\r\n\(body)"))
            let anticipatesContent = ["PUT", "PATCH", "POST"].contains(name)
            #expect(text.contains("Content-Length: \(body.utf8.count)\r\n") == (!body.isEmpty || anticipatesContent))
            #expect(!text.contains("Expect") && !text.contains("Content-Type"))
            #expect(text.contains("Accept-Encoding: identity\r\n") && !text.contains("Transfer-Encoding"))
        }
        await transport.shutdown()
    }

    @Test func sendsALargeBodyWithoutAskingFirst() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let body = [UInt8](repeating: 0x61, count: 900_000)
        let request = TransportRequest(.post, try peer.url("echo"), body: body, replay: .never)
        let response = try await transport.send(request, within: .generous)
        #expect(response.body.suffix(body.count) == body[...])
        #expect(!String(decoding: response.body.prefix(1000), as: UTF8.self).contains("Expect"))
        await transport.shutdown()
    }

    @Test func asksForNoBodyWithHEAD() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let request = TransportRequest(.head, try peer.url("length"), body: [1], replay: .idempotent)
        let response = try await transport.send(request, within: .generous)
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(response.fields.onlyValue(named: "content-length") == "99999999999")
        await transport.shutdown()
    }

    @Test func leavesTrailersOut() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let request = TransportRequest(.get, try peer.url("trailers"), replay: .idempotent)
        let response = try await transport.send(request, within: .generous)
        #expect(response.body == Array("right".utf8))
        #expect(response.fields.values(named: "Content-Type") == ["text/plain"])
        await transport.shutdown()
    }

    @Test func refusesToSwitchProtocols() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let request = TransportRequest(.get, try peer.url("upgrade"), replay: .idempotent)
        #expect(await transport.ending(request) == .failure(.protocolViolation, .maybe))
        await transport.shutdown()
    }

    @Test func givesEveryExchangeItsOwnConnection() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        for expected in ["1", "2", "3"] { #expect(try await transport.text(peer.url("kept")) == expected) }
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

    @Test func givesNoExchangeTheAnswerToAnother() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let (transport, other) = (try CurlTransport(), try CurlTransport())
        #expect(try await transport.text(peer.url("poison")) == "right")
        #expect(try await transport.text(peer.url("kept")) != "stolen")
        #expect(try await transport.text(peer.url("poison_late")) == "right")
        // Answered when the foreign answer has been sent.
        #expect(try await other.text(peer.url("release")) == "released")
        #expect(Int(try await transport.text(peer.url("kept"))) != nil)
        await transport.shutdown()
        await other.shutdown()
    }

    @Test func tellsThatNothingWasSentWhenNobodyListens() async throws {
        let peer = try Peer.scripted()
        let url = try peer.url("kept")
        peer.stop()
        let transport = try CurlTransport()
        let request = TransportRequest(.post, url, body: [1], replay: .never)
        #expect(await transport.ending(request) == .failure(.connectionFailed, .nothing))
        // Nothing was sent, so the request may be sent once a server listens.
        let late = try Peer.scripted(["--port", "\(peer.port)"])
        defer { late.stop() }
        #expect(await transport.ending(request) == .status(200))
        #expect(try late.requests(containing: "/kept ") == 1)
        await transport.shutdown()
    }

    @Test func tellsThatAHostHasNoAddress() async throws {
        let transport = try CurlTransport()
        let request = TransportRequest(.get, try EndpointURL("https://nobody.invalid/"), replay: .idempotent)
        #expect(await transport.ending(request) == .failure(.unknownHost, .nothing))
        await transport.shutdown()
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(Int64.min)])
    func readsADeadlineInThePastAsNow(_ total: Duration) async throws {
        let peer = try Peer.faulty()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let request = TransportRequest(.get, try peer.url("silent"), replay: .idempotent)
        let ending = await transport.ending(request, within: TransportLimits(total: total))
        #expect([.failure(.timedOut, .nothing), .failure(.timedOut, .maybe)].contains(ending))
        await transport.shutdown()
    }

    @Test func takesAnEndlessDeadline() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let request = TransportRequest(.get, try peer.url("kept"), replay: .idempotent)
        let limits = TransportLimits(connect: .seconds(Int64.max), total: .seconds(Int64.max))
        #expect(await transport.ending(request, within: limits) == .status(200))
        await transport.shutdown()
    }

    @Test func countsWaitingForAConnectionAgainstTheDeadline() async throws {
        let peer = try Peer.faulty()
        defer { peer.stop() }
        let transport = try CurlTransport(CurlConfiguration(maximumConnections: 1))
        let silent = TransportRequest(.get, try peer.url("silent"), replay: .never)
        let first = Task { await transport.ending(silent) }
        try await peer.waitForRequest(containing: "/silent ")
        let request = TransportRequest(.post, try peer.url("ok"), body: [1], replay: .never)
        let waiting = Task { await transport.ending(request) }
        #expect(await transport.ending(request, within: .short) == .failure(.timedOut, .nothing))
        waiting.cancel()
        #expect(await waiting.value == .failure(.cancelled, .nothing))
        first.cancel()
        #expect(await first.value == .failure(.cancelled, .maybe))
        #expect(await transport.ending(request) == .status(200))
        #expect(try peer.requests(containing: "/ok ") == 1)
        await transport.shutdown()
    }

    @Test func endsExchangesWhenItIsShutDown() async throws {
        let peer = try Peer.faulty()
        defer { peer.stop() }
        let transport = try CurlTransport()
        let request = TransportRequest(.get, try peer.url("silent"), replay: .never)
        let running = Task { await transport.ending(request) }
        try await peer.waitForRequest(containing: "/silent ")
        await transport.shutdown()
        #expect(await running.value == .failure(.unavailable, .maybe))
        #expect(await transport.ending(request) == .failure(.unavailable, .nothing))
        await transport.shutdown()
        #expect(try peer.requests(containing: "/silent ") == 1)
    }

    @Test func shutsDownWithoutEverHavingSent() async throws {
        let transport = try CurlTransport()
        await transport.shutdown()
        let request = TransportRequest(.get, try EndpointURL("https://nobody.invalid/"), replay: .idempotent)
        #expect(await transport.ending(request) == .failure(.unavailable, .nothing))
    }

    @Test(arguments: [
        (
            CurlConfiguration(caFile: "/nowhere/ca.pem"),
            "the certificate authorities cannot be read from /nowhere/ca.pem"
        ),
        (CurlConfiguration(proxy: .server(host: "a b", port: 1)), "a b:1 is not the host and port of a proxy"),
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
