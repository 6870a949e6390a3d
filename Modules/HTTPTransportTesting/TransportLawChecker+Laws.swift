import OAuthTypes

extension TransportLawChecker {
    func check(_ law: HTTPTransportLaw, on transport: any HTTPTransport) async throws {
        switch law {
        case .requestIsSentAsGiven: try await requestIsSentAsGiven(transport)
        case .targetIsSentAsWritten: try await targetIsSentAsWritten(transport)
        case .methodIsSentAsNamed: try await methodIsSentAsNamed(transport)
        case .bodyIsSentAtOnce: try await bodyIsSentAtOnce(transport)
        case .plainBodiesAreAskedFor: try await plainBodiesAreAskedFor(transport)
        case .headHasNoBody: try await headHasNoBody(transport)
        case .valuesAreReadWithoutLoss: try await valuesAreReadWithoutLoss(transport)
        case .trailersAreLeftOut: try await trailersAreLeftOut(transport)
        case .protocolStays: try await protocolStays(transport)
        case .informationIsSkipped: try await informationIsSkipped(transport)
        case .refusedConnectionSendsNothing: try await refusedConnectionSendsNothing(transport)
        case .unknownHostSendsNothing: try await unknownHostSendsNothing(transport)
        case .neverIsSentOnce: try await neverIsSentOnce(transport)
        case .answersStayApart: try await answersStayApart(transport)
        case .deadlineMayBePast: try await deadlineMayBePast(transport)
        case .cancellationCloses: try await cancellationCloses(transport)
        case .everyStatusIsAnAnswer, .redirectIsAnAnswer, .ambiguityIsRefused, .limitsEndAnswers, .limitIsExact,
            .deadlineEndsSilence, .lostConnectionIsTold:
            try await checkFaults(law, on: transport)
        case .codedBodyIsTold, .codedBodyKeepsToTheLimit, .codedErrorKeepsItsStatus, .nothingNeedsNoDecoding,
            .askedForCodingIsHandedOver:
            try await checkCodings(law, on: transport)
        }
    }

    private func protocolStays(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let ending = await transport.ending(try get("upgrade", at: peer))
        try require(ending, of: "status 101", is: .failure(.protocolViolation, .maybe))
    }

    private func informationIsSkipped(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let answer = try await answer(to: try get("early", at: peer), from: transport)
        let isRight = answer.status == 200 && answer.body == Array("plain".utf8) && answer.fields.contentCoding == nil
        try require(isRight, "the answer behind 103 alone", found: "status \(answer.status), \(answer.fields)")
    }

    private func refusedConnectionSendsNothing(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let request = try post("kept", at: peer)
        peer.stop()
        let refused = await transport.ending(request)
        try require(refused, of: "a request to nobody", is: .failure(.connectionFailed, .nothing))
        let late = try Peer.scripted(["--port", "\(peer.port)"])
        try require(await transport.ending(request), of: "the later attempt", is: .status(200))
        try require(1, requestsContaining: "/kept ", at: late)
    }

    private func unknownHostSendsNothing(_ transport: any HTTPTransport) async throws {
        let request = TransportRequest(.get, try EndpointURL("https://nobody.invalid/"), replay: .idempotent)
        let ending = await transport.ending(request)
        try require(ending, of: "a name without an address", is: .failure(.unknownHost, .nothing))
    }

    private func neverIsSentOnce(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        var connections: [String] = []
        for replay in [TransportRequest.Replay.idempotent, .never, .idempotent, .never] {
            let request = TransportRequest(.get, try peer.url("kept"), replay: replay)
            let connection = try await text(of: request, from: transport)
            let isOwn = replay == .idempotent || !connections.contains(connection)
            try require(isOwn, "a connection of its own", found: "connection \(connection), used before")
            connections.append(connection)
        }
        for method in [HTTPMethod.get, .post] {
            // Were a connection kept, a client library might send again when it dies.
            _ = try await text(of: try get("kept", at: peer), from: transport)
            let body = method == .post ? Array("code=1".utf8) : []
            let request = TransportRequest(method, try peer.url("die?\(method)"), body: body, replay: .never)
            let ending = await transport.ending(request)
            try require(ending, of: "a connection that dies", is: .failure(.connectionLost, .maybe))
            try require(1, requestsContaining: "/die?\(method) ", at: peer)
        }
    }

    private func answersStayApart(_ transport: any HTTPTransport) async throws {
        let (peer, other) = (try Peer.scripted(), try Peer.faulty())
        for mode in ["poison", "poison_late", "poison"] {
            let first = try await text(of: try get(mode, at: peer), from: transport)
            try require(first == "right", "its own answer", found: first)
            if mode == "poison_late" {
                // Answered when the foreign answer has been sent.
                let request = TransportRequest(.get, try peer.url("release"), replay: .never)
                let released = try await text(of: request, from: transport)
                try require(released == "released", "its own answer", found: released)
            }
            let next = try await text(of: try get("kept", at: peer), from: transport)
            try require(Int(next) != nil, "the number of a connection", found: next)
        }
        for mode in ["pipelined_extra", "late_body", "pipelined_extra"] {
            _ = await transport.ending(try get("\(mode)?before", at: other), within: brief)
            let next = try await text(of: try get("null?after", at: other), from: transport)
            try require(next == "null", "its own answer", found: next)
        }
    }

    private func deadlineMayBePast(_ transport: any HTTPTransport) async throws {
        let (peer, scripted) = (try Peer.faulty(), try Peer.scripted())
        for total in [Duration.zero, .seconds(-1), .seconds(Int64.min)] {
            let ending = await transport.ending(try get("silent", at: peer), within: TransportLimits(total: total))
            let expected: [Ending] = [.failure(.timedOut, .nothing), .failure(.timedOut, .maybe)]
            try require(ending, of: "a deadline of \(total)", isOneOf: expected)
        }
        let endless = TransportLimits(connect: .seconds(Int64.max), total: .seconds(Int64.max))
        let ending = await transport.ending(try get("kept", at: scripted), within: endless)
        try require(ending, of: "an endless deadline", is: .status(200))
    }

    private func cancellationCloses(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let request = TransportRequest(.post, try peer.url("hold"), body: [1], replay: .never)
        let task = Task { await transport.ending(request) }
        try await peer.waitForRequest(containing: "/hold ")
        task.cancel()
        try require(await task.value, of: "a cancelled exchange", is: .failure(.cancelled, .maybe))
        for _ in 0..<2_000 where try peer.requests(containing: "closed /hold") == 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
        try require(1, requestsContaining: "closed /hold", at: peer)
        let early = Task { await transport.ending(request) }
        early.cancel()
        let expected: [Ending] = [.failure(.cancelled, .nothing), .failure(.cancelled, .maybe)]
        try require(await early.value, of: "an exchange cancelled before it began", isOneOf: expected)
    }
}
