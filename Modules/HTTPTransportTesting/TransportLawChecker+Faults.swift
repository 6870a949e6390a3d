import OAuthTypes

/// What must become of a peer's faults: one group of modes of `faulty_peer.py` for each law.
package enum FaultyModes {
    package static let answered: [(status: Int, modes: [String])] = [
        (
            200,
            [
                "ok", "html", "html_as_json", "json_as_text", "no_type", "type_params", "utf16", "bom", "array", "dup",
                "empty", "null", "deep", "error200", "s100", "s103", "pipelined_extra",
            ]
        ),
        (204, ["s204"]), (400, ["error_json", "error_types"]), (401, ["echo_secret", "s401", "s401_nonce"]),
        (429, ["s429", "s429_huge", "s429_neg"]), (502, ["error_html"]), (503, ["s503", "s503_date"]),
    ]
    package static let redirects = ["r301", "r302", "r303", "r307", "r308", "r_protorel", "r_self", "r_file"]
    package static let ambiguous = [
        "bad_length", "two_lengths", "short_body", "bad_chunk", "te_and_cl", "garbage", "http09", "ssh", "crlf_header",
    ]
    package static let endless = ["endless_chunked", "endless_eof", "big_length", "endless_headers", "huge_header"]
    package static let slow = ["silent", "slow_headers", "slow_body", "no_read", "late_body"]
    package static let lost = ["close", "reset", "reset_midbody"]
    package static let coded = ["gzip_broken", "gzip_bomb"]

    /// Every mode that a law meets.
    package static let all = answered.flatMap(\.modes) + redirects + ambiguous + endless + slow + lost + coded
}

extension TransportLawChecker {
    func checkFaults(_ law: HTTPTransportLaw, on transport: any HTTPTransport) async throws {
        let peer = try Peer.faulty()
        switch law {
        case .everyStatusIsAnAnswer:
            for (status, modes) in FaultyModes.answered {
                for mode in modes { try await require(mode, at: peer, through: transport, endsIn: [.status(status)]) }
            }
        case .redirectIsAnAnswer: try await redirectIsAnAnswer(transport, peer)
        case .ambiguityIsRefused:
            for mode in FaultyModes.ambiguous {
                try await require(mode, at: peer, through: transport, endsIn: [.failure(.protocolViolation, .maybe)])
            }
        case .limitsEndAnswers:
            for mode in FaultyModes.endless {
                let isHeader = mode.hasSuffix("headers") || mode.hasSuffix("header")
                let reason: TransportError.Reason = isHeader ? .fieldsTooLarge : .bodyTooLarge
                try await require(mode, at: peer, through: transport, endsIn: [.failure(reason, .maybe)])
            }
        case .limitIsExact: try await limitIsExact(transport, peer)
        case .deadlineEndsSilence:
            for mode in FaultyModes.slow {
                try await require(
                    mode, at: peer, through: transport, endsIn: [.failure(.timedOut, .maybe)], within: brief)
            }
        default:
            for mode in FaultyModes.lost {
                // What arrived before a reset may be lost to the reader.
                let reasons: [TransportError.Reason] =
                    mode == "reset_midbody" ? [.protocolViolation, .connectionLost] : [.connectionLost]
                try await require(mode, at: peer, through: transport, endsIn: reasons.map { .failure($0, .maybe) })
            }
        }
    }

    private func require(
        _ mode: String, at peer: Peer, through transport: any HTTPTransport, endsIn expected: [Ending],
        within limits: TransportLimits = .generous
    ) async throws {
        let ending = await transport.ending(try post("\(mode)?once", at: peer), within: limits)
        try require(ending, of: "/\(mode)", isOneOf: expected)
        let count = try peer.requests(containing: "/\(mode)?once ")
        // A busy peer may look at the request only after the deadline.
        let isRight = count == 1 || (count == 0 && ending == .failure(.timedOut, .maybe))
        try require(isRight, "one request for /\(mode)", found: "\(count)")
    }

    private func redirectIsAnAnswer(_ transport: any HTTPTransport, _ peer: Peer) async throws {
        for mode in FaultyModes.redirects {
            for replay in [TransportRequest.Replay.never, .idempotent] {
                let request = TransportRequest(.post, try peer.url("\(mode)?to"), body: [1], replay: replay)
                let answer = try await answer(to: request, from: transport)
                let isRight = (300..<400).contains(answer.status) && !answer.fields.values(named: "Location").isEmpty
                try require(isRight, "the redirect of /\(mode) and its Location", found: "status \(answer.status)")
            }
            try require(2, requestsContaining: "/\(mode)?to ", at: peer)
        }
        try require(0, requestsContaining: "/landed", at: peer)
    }

    private func limitIsExact(_ transport: any HTTPTransport, _ peer: Peer) async throws {
        let request = try get("type_params", at: peer)
        let length = try await answer(to: request, from: transport).body.count
        let exact = await transport.ending(request, within: .generous.cutting(at: length))
        try require(exact, of: "a body as long as the limit", is: .status(200))
        let over = await transport.ending(request, within: .generous.cutting(at: length - 1))
        try require(over, of: "a body one octet over the limit", is: .failure(.bodyTooLarge, .maybe))
    }
}
