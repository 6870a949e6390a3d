import OAuthTypes

/// The laws of transports that have a setting or a way to end.
extension TransportLawChecker {
    func check(
        _ law: TLSTransportLaw, on makeTransport: @Sendable (String?) async throws -> any HTTPTransport
    ) async throws {
        switch law {
        case .givenAuthorityIsTrusted: try await givenAuthorityIsTrusted(makeTransport)
        case .brokenHandshakeIsRefused:
            // Neither answers a handshake: one closes on it, the other waits for a line that never ends.
            for peer in [try Peer.scripted(), try Peer.faulty()] {
                let transport = try await makeTransport(nil)
                let ending = await transport.ending(try secret(peer, "localhost"), within: brief)
                let expected: [Ending] = [.failure(.tls, .nothing), .failure(.timedOut, .nothing)]
                try require(ending, of: "a handshake that breaks off", isOneOf: expected)
            }
        case .expiredIsRefused: try await requireRefused(.expired, trusted: true, makeTransport)
        case .futureIsRefused: try await requireRefused(.future, trusted: true, makeTransport)
        case .otherHostIsRefused: try await requireRefused(.wrongHost, trusted: true, makeTransport)
        case .selfSignedIsRefused:
            try await requireRefused(.selfSigned, trusted: true, makeTransport)
            try await requireRefused(.selfSigned, trusted: false, makeTransport)
        case .unknownAuthorityIsRefused: try await requireRefused(.good, trusted: false, makeTransport)
        case .oldVersionIsRefused:
            try await requireRefused(.good, trusted: true, with: ["--newest", "1.1"], makeTransport)
        }
    }

    private func givenAuthorityIsTrusted(
        _ makeTransport: @Sendable (String?) async throws -> any HTTPTransport
    ) async throws {
        let authority = try Authority()
        let leaf = try authority.issue(.good)
        let peer = try Peer.scripted(["--tls", leaf.certificate, leaf.key])
        let transport = try await makeTransport(authority.certificate)
        for host in ["localhost", "127.0.0.1"] {
            let ending = await transport.ending(try secret(peer, host))
            try require(ending, of: "a request to \(host)", is: .status(200))
        }
    }

    private func requireRefused(
        _ kind: Authority.Leaf, trusted isTrusted: Bool, with arguments: [String] = [],
        _ makeTransport: @Sendable (String?) async throws -> any HTTPTransport
    ) async throws {
        let authority = try Authority()
        let leaf = try authority.issue(kind)
        let peer = try Peer.scripted(["--tls", leaf.certificate, leaf.key] + arguments)
        let transport = try await makeTransport(isTrusted ? authority.certificate : nil)
        let ending = await transport.ending(try secret(peer, "localhost"))
        try require(ending, of: "the handshake", is: .failure(.tls, .nothing))
        try require(0, requestsContaining: "/kept", at: peer)
    }

    private func secret(_ peer: Peer, _ host: String) throws -> TransportRequest {
        let url = try peer.url("kept", scheme: "https", host: host)
        return TransportRequest(.post, url, body: Array("code=1".utf8), replay: .never)
    }

    func check(
        _ law: ProxiedTransportLaw, on makeTransport: @Sendable (UInt16) async throws -> any HTTPTransport
    ) async throws {
        let (proxy, server) = (try Peer.scripted(), try Peer.scripted())
        let transport = try await makeTransport(proxy.port)
        switch law {
        case .tunnelIsAskedFor:
            let away = TransportRequest(.get, try EndpointURL("https://auth.invalid/"), replay: .idempotent)
            let ending = await transport.ending(away)
            try require(ending, of: "a tunnel that is refused", is: .failure(.connectionFailed, .nothing))
            try require(1, requestsContaining: "CONNECT auth.invalid:443 HTTP/1.1", at: proxy)
        case .loopbackGoesAround:
            _ = try await text(of: try get("kept", at: server), from: transport)
            try require(1, requestsContaining: "kept", at: server)
            try require(0, requestsContaining: "", at: proxy)
        }
    }

    func check(_ law: BoundedTransportLaw, on transport: any HTTPTransport) async throws {
        let peer = try Peer.faulty()
        let silent = try post("silent", at: peer)
        let request = try post("ok", at: peer)
        let first = Task { await transport.ending(silent) }
        try await peer.waitForRequest(containing: "/silent ")
        switch law {
        case .waitingCounts:
            let ending = await transport.ending(request, within: brief)
            try require(ending, of: "waiting", is: .failure(.timedOut, .nothing))
        case .waitingCanBeCancelled:
            let waiting = Task { await transport.ending(request) }
            for _ in 0..<20 { await Task.yield() }
            waiting.cancel()
            try require(await waiting.value, of: "waiting", is: .failure(.cancelled, .nothing))
        case .placesAreGivenBack:
            first.cancel()
            try require(await transport.ending(request), of: "the next exchange", is: .status(200))
        }
        first.cancel()
        try require(await first.value, of: "the cancelled exchange", is: .failure(.cancelled, .maybe))
        let count = law == .placesAreGivenBack ? 1 : 0
        try require(count, requestsContaining: "/ok ", at: peer)
    }

    func check(
        _ law: ClosableTransportLaw, on transport: any HTTPTransport, closing close: () async throws -> Void
    ) async throws {
        let peer = try Peer.faulty()
        let silent = try post("silent", at: peer)
        switch law {
        case .exchangesEnd:
            let running = Task { await transport.ending(silent) }
            try await peer.waitForRequest(containing: "/silent ")
            try await close()
            try require(await running.value, of: "a running exchange", is: .failure(.unavailable, .maybe))
        case .laterRequestsAreRefused:
            _ = try await text(of: try get("null", at: peer), from: transport)
            try await close()
            try require(await transport.ending(silent), of: "a later request", is: .failure(.unavailable, .nothing))
        case .unusedTransportCloses:
            try await close()
            try await close()
            try require(await transport.ending(silent), of: "a later request", is: .failure(.unavailable, .nothing))
        }
    }
}
