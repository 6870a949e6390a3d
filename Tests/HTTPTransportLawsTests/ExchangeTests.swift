import OAuthTypes
import TestSupport
import Testing

/// What every exchange keeps to, whatever the client library would do of its own accord.
struct ExchangeTests {
    @Test func writesTheRequestThatWasAskedFor() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        let pairs = [
            ("X-Empty", ""), ("Host", "evil.example"), ("Content-Length", "1"), ("Transfer-Encoding", "chunked"),
            ("Accept", "application/json"), ("X-Twice", "1"), ("X-Twice", "2"), ("X-Foreign", "h\u{E9}"),
        ]
        let request = TransportRequest(
            .post, try peer.url("echo?a=%2e%2e&b"), fields: pairs.compactMap { HeaderField($0, $1) },
            body: Array("x=1".utf8), replay: .never)
        let echo = try await transport.send(request, within: .generous).body
        let lines = String(decoding: echo, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.first == "POST /echo?a=%2e%2e&b HTTP/1.1")
        #expect(lines.suffix(2) == ["", "x=1"])
        let head = lines.dropFirst().dropLast(2).compactMap { line in
            line.firstIndex(of: ":").flatMap { HeaderField(String(line[..<$0]), String(line[$0...].dropFirst())) }
        }
        let own = [
            "Host: 127.0.0.1:\(peer.port)", "User-Agent: swift-login-flow", "Accept-Encoding: identity",
            "Content-Length: 3",
            "X-Empty: ", "Accept: application/json", "X-Twice: 1", "X-Twice: 2", "X-Foreign: h\u{E9}",
        ]
        #expect(Set(head.filter { $0.value != "close" }.map { "\($0.name): \($0.value)" }) == Set(own))
        #expect(head.values(named: "X-Twice") == ["1", "2"] && head.values(named: "Host").count == 1)
        await transport.shutdown()
    }

    @Test(arguments: [
        "echo", "echo/../echo?x", "echo/./%2F%2f%41", "echo?a=[1]%20&b='x'", "echo//a", "echo;a=b?c=d;e",
    ])
    func sendsPathAndQueryAsTheyAreWritten(_ target: String) async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        let url = try peer.url(target)
        let ending = await transport.ending(TransportRequest(.get, url, replay: .idempotent))
        #expect(ending == .status(target.hasPrefix("echo?") || target == "echo" ? 200 : 403))
        #expect(try peer.requests(containing: "GET /\(target) HTTP/1.1") == 1)
        await transport.shutdown()
    }

    @Test func readsForeignOctetsOfAValueWithoutLoss() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        let request = TransportRequest(.get, try peer.url("foreign"), replay: .idempotent)
        let response = try await transport.send(request, within: .generous)
        #expect(response.fields.values(named: "X-UTF-8") == ["h\u{E9}"])
        #expect(response.fields.values(named: "X-ISO-8859-1") == ["h\u{E9}"])
        await transport.shutdown()
    }

    @Test(arguments: ["GET", "DELETE", "OPTIONS", "PUT", "PATCH", "POST", "PURGE"])
    func sendsMethod(_ name: String) async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        let method = try #require(HTTPMethod(name))
        for body in ["", "{}"] {
            let request = TransportRequest(method, try peer.url("echo"), body: Array(body.utf8), replay: .idempotent)
            let echo = try await transport.send(request, within: .generous).body
            let text = String(decoding: echo, as: UTF8.self)
            #expect(text.hasPrefix("\(name) /echo HTTP/1.1\r\n"))
            #expect(text.hasSuffix("\r\n\r\n\(body)"))
            let anticipatesContent = ["PUT", "PATCH", "POST"].contains(name)
            let lengths = text.split(separator: "\r\n").filter { $0.lowercased().hasPrefix("content-length:") }
            // RFC 9110 §8.6: of other methods without content, some clients say that there is none.
            let isRight =
                lengths == ["Content-Length: \(body.utf8.count)"]
                || (lengths.isEmpty && body.isEmpty && !anticipatesContent)
            #expect(isRight, "\(lengths)")
            #expect(!text.contains("Expect") && !text.contains("Content-Type"))
            #expect(text.contains("Accept-Encoding: identity\r\n") && !text.contains("Transfer-Encoding"))
        }
        await transport.shutdown()
    }

    @Test func sendsALargeBodyWithoutAskingFirst() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
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
        let transport = try makeTransport()
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
        let transport = try makeTransport()
        let request = TransportRequest(.get, try peer.url("trailers"), replay: .idempotent)
        let response = try await transport.send(request, within: .generous)
        #expect(response.body == Array("right".utf8))
        #expect(response.fields.values(named: "Content-Type") == ["text/plain"])
        await transport.shutdown()
    }

    @Test func refusesToSwitchProtocols() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        let request = TransportRequest(.get, try peer.url("upgrade"), replay: .idempotent)
        #expect(await transport.ending(request) == .failure(.protocolViolation, .maybe))
        await transport.shutdown()
    }

    @Test func givesEveryExchangeItsOwnConnection() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        for expected in ["1", "2", "3"] { #expect(try await transport.text(peer.url("kept")) == expected) }
        await transport.shutdown()
    }

    @Test(arguments: ["POST", "GET"])
    func sendsACodeOnceWhenTheConnectionDies(_ method: String) async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        // Were this connection kept, a client library might send again when it dies.
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
        let (transport, other) = (try makeTransport(), try makeTransport())
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
        let transport = try makeTransport()
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
        let transport = try makeTransport()
        let request = TransportRequest(.get, try EndpointURL("https://nobody.invalid/"), replay: .idempotent)
        #expect(await transport.ending(request) == .failure(.unknownHost, .nothing))
        await transport.shutdown()
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(Int64.min)])
    func readsADeadlineInThePastAsNow(_ total: Duration) async throws {
        let peer = try Peer.faulty()
        defer { peer.stop() }
        let transport = try makeTransport()
        let request = TransportRequest(.get, try peer.url("silent"), replay: .idempotent)
        let ending = await transport.ending(request, within: TransportLimits(total: total))
        #expect([.failure(.timedOut, .nothing), .failure(.timedOut, .maybe)].contains(ending))
        await transport.shutdown()
    }

    @Test func takesAnEndlessDeadline() async throws {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
        let request = TransportRequest(.get, try peer.url("kept"), replay: .idempotent)
        let limits = TransportLimits(connect: .seconds(Int64.max), total: .seconds(Int64.max))
        #expect(await transport.ending(request, within: limits) == .status(200))
        await transport.shutdown()
    }

    @Test func countsWaitingForAConnectionAgainstTheDeadline() async throws {
        let peer = try Peer.faulty()
        defer { peer.stop() }
        let transport = try makeTransport(maximumConnections: 1)
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
        let transport = try makeTransport()
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
        let transport = try makeTransport()
        await transport.shutdown()
        let request = TransportRequest(.get, try EndpointURL("https://nobody.invalid/"), replay: .idempotent)
        #expect(await transport.ending(request) == .failure(.unavailable, .nothing))
    }
}
