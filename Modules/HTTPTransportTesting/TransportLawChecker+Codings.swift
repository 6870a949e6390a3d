import OAuthTypes

extension TransportLawChecker {
    private static let plain = Array(#"{"coded":true}"#.utf8)

    func checkCodings(_ law: HTTPTransportLaw, on transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        switch law {
        case .codedBodyKeepsToTheLimit: try await codedBodyKeepsToTheLimit(transport, peer)
        case .codedErrorKeepsItsStatus:
            for target in ["coded?status=503%20Away&coding=br", "coded?status=401%20No&plain"] {
                let ending = await transport.ending(try get(target, at: peer))
                try require(ending, of: "/\(target)", isOneOf: [.status(503), .status(401)])
            }
        case .nothingNeedsNoDecoding: try await nothingNeedsNoDecoding(transport, peer)
        case .askedForCodingIsHandedOver:
            for target in ["coded", "coded?coding=br"] {
                let request = try get(target, at: peer, fields: [("Accept-Encoding", "gzip, br")])
                let answer = try await answer(to: request, from: transport)
                let isRight = answer.body.starts(with: [0x1F, 0x8B]) && answer.fields.contentCoding != nil
                try require(isRight, "the body of /\(target) as it came", found: describe(answer))
            }
        default:
            for target in ["coded", "coded?chunked", "coded?coding=GZIP", "coded?coding=br", "coded?coding=deflate"] {
                try await requireTold(target, at: peer, through: transport)
            }
            try await requireTold("coded?plain", at: peer, through: transport)
            try await requireTold("coded?twice&coding=gzip,%20gzip", at: peer, through: transport)
        }
    }

    private func requireTold(_ target: String, at peer: Peer, through transport: any HTTPTransport) async throws {
        let request = try get(target, at: peer)
        let outcome: Result<TransportResponse, TransportError>
        do throws(TransportError) { outcome = .success(try await transport.send(request, within: .generous)) } catch {
            outcome = .failure(error)
        }
        switch outcome {
        case .success(let answer):
            try require(answer.fields.contentCoding != nil, "Content-Encoding stays", found: describe(answer))
        case .failure(let error):
            var isOfCoding = false
            if case .contentCoding = error.reason { isOfCoding = error.sent == .maybe }
            try require(isOfCoding, "/\(target) is refused for its coding, after it was sent", found: "\(error)")
        }
    }

    private func codedBodyKeepsToTheLimit(_ transport: any HTTPTransport, _ peer: Peer) async throws {
        // 14 octets, 34 or so in gzip.
        for (target, limit) in [("coded?chunked", 20), ("coded", 13), ("stuffed", 1 << 20)] {
            let ending = await transport.ending(try get(target, at: peer), within: .generous.cutting(at: limit))
            try require(ending, of: "/\(target) with a limit of \(limit)", is: .failure(.bodyTooLarge, .maybe))
        }
        let faulty = try Peer.faulty()
        let bomb = await transport.ending(try get("gzip_bomb", at: faulty))
        let expected: [Ending] = [
            .failure(.bodyTooLarge, .maybe), .failure(.contentCoding("gzip"), .maybe), .status(200),
        ]
        try require(bomb, of: "200,000,000 octets in 200,000", isOneOf: expected)
        if bomb == .status(200) {
            let answer = try await answer(to: try get("gzip_bomb", at: faulty), from: transport)
            try require(answer.body.starts(with: [0x1F, 0x8B]), "a body within the limit", found: describe(answer))
        }
        let broken = await transport.ending(try get("gzip_broken", at: faulty))
        try require(broken, of: "a damaged gzip", isOneOf: [.failure(.contentCoding("gzip"), .maybe), .status(200)])
    }

    private func nothingNeedsNoDecoding(_ transport: any HTTPTransport, _ peer: Peer) async throws {
        for target in [
            "bodiless?status=204%20None", "bodiless?status=304%20Same", "bodiless?length", "bodiless?chunked",
        ] {
            let ending = await transport.ending(try get(target, at: peer))
            try require(ending, of: "/\(target)", isOneOf: [.status(200), .status(204), .status(304)])
        }
        let head = TransportRequest(.head, try peer.url("bodiless?head"), replay: .idempotent)
        try require(await transport.ending(head), of: "HEAD", is: .status(200))
    }

    private func describe(_ answer: TransportResponse) -> String {
        let coding = answer.fields.contentCoding ?? "none"
        return "status \(answer.status), \(answer.body.count) octets, Content-Encoding: \(coding)"
    }
}
