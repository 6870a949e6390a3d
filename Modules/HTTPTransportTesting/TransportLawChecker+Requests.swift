import OAuthTypes

/// What a request looks like when it arrives, and what is read of the header of its answer.
extension TransportLawChecker {
    func requestIsSentAsGiven(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let foreign = [("Host", "evil.example"), ("Content-Length", "1"), ("Transfer-Encoding", "chunked")]
        let given = [
            ("X-Empty", ""), ("Accept", "application/json"), ("X-Twice", "1"), ("X-Twice", "2"),
            ("X-Foreign", "h\u{E9}"),
        ]
        let request = TransportRequest(
            .post, try peer.url("echo"), fields: (foreign + given).compactMap { HeaderField($0, $1) },
            body: Array("x=1".utf8), replay: .never)
        let echo = try await text(of: request, from: transport)
        let fields = TransportLawChecker.fields(ofEcho: echo)
        for (name, value) in [("Host", "127.0.0.1:\(peer.port)"), ("Content-Length", "3")] {
            try require(fields.values(named: name) == [value], "\(name): \(value)", found: echo)
        }
        for (name, _) in given {
            let values = given.filter { $0.0 == name }.map(\.1)
            try require(fields.values(named: name) == values, "\(name) with \(values)", found: echo)
        }
        for name in ["Transfer-Encoding", "Expect", "Content-Type", "Cookie"] {
            try require(fields.values(named: name).isEmpty, "no \(name)", found: echo)
        }
        try require(echo.hasSuffix("\r\n\r\nx=1"), "the body x=1", found: echo)
    }

    func targetIsSentAsWritten(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let targets = [
            "echo", "echo/../echo?x", "echo/./%2F%2f%41", "echo?a=%2e%2e&b", "echo?a=[1]%20&b='x'", "echo//a",
            "echo;a=b?c=d;e", "echo?a+b=%zz&;=?/", "?only=query",
        ]
        for target in targets {
            _ = try await answer(to: try get(target, at: peer), from: transport)
            try require(1, requestsContaining: "GET /\(target) HTTP/1.1", at: peer)
        }
    }

    func methodIsSentAsNamed(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        for name in ["GET", "DELETE", "OPTIONS", "PUT", "PATCH", "POST", "PURGE"] {
            guard let method = HTTPMethod(name) else { continue }
            for body in ["", "{}"] {
                let octets = Array(body.utf8)
                let request = TransportRequest(method, try peer.url("echo"), body: octets, replay: .idempotent)
                let echo = try await text(of: request, from: transport)
                let isRight = echo.hasPrefix("\(name) /echo HTTP/1.1\r\n") && echo.hasSuffix("\r\n\r\n\(body)")
                try require(isRight, "\(name) with the body '\(body)'", found: echo)
                // RFC 9110 §8.6: of other methods without content, some clients say that there is none.
                let isOptional = body.isEmpty && !["PUT", "PATCH", "POST"].contains(name)
                let lengths = TransportLawChecker.fields(ofEcho: echo).values(named: "Content-Length")
                let isFramed = lengths == ["\(octets.count)"] || (lengths.isEmpty && isOptional)
                try require(isFramed, "\(name) with Content-Length: \(octets.count)", found: echo)
            }
        }
    }

    func bodyIsSentAtOnce(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let body = [UInt8](repeating: 0x61, count: 900_000)
        let request = TransportRequest(.post, try peer.url("echo"), body: body, replay: .never)
        let answer = try await answer(to: request, from: transport)
        try require(
            answer.body.suffix(body.count) == body[...], "all of the body", found: "\(answer.body.count) octets")
        let head = String(decoding: answer.body.prefix(1_000), as: UTF8.self)
        try require(TransportLawChecker.fields(ofEcho: head).values(named: "Expect").isEmpty, "no Expect", found: head)
    }

    func plainBodiesAreAskedFor(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        for (own, expected) in [([], ["identity"]), (["identity"], ["identity"]), (["gzip, br"], ["gzip, br"])] {
            let request = try get("echo", at: peer, fields: own.map { ("Accept-Encoding", $0) })
            let echo = try await text(of: request, from: transport)
            let found = TransportLawChecker.fields(ofEcho: echo).values(named: "Accept-Encoding")
            try require(found == expected, "Accept-Encoding: \(expected)", found: "\(found)")
        }
    }

    func headHasNoBody(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let request = TransportRequest(.head, try peer.url("length"), body: [1], replay: .idempotent)
        let answer = try await answer(to: request, from: transport)
        let isRight = answer.status == 200 && answer.body.isEmpty
        try require(isRight, "status 200 without a body", found: "\(answer.status), \(answer.body.count) octets")
        let length = answer.fields.onlyValue(named: "content-length")
        try require(length == "99999999999", "the length that the peer named", found: length ?? "none")
    }

    func valuesAreReadWithoutLoss(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let answer = try await answer(to: try get("foreign", at: peer), from: transport)
        for name in ["X-UTF-8", "X-ISO-8859-1"] {
            let found = answer.fields.values(named: name)
            try require(found == ["h\u{E9}"], "\(name): h\u{E9}", found: "\(found)")
        }
    }

    func trailersAreLeftOut(_ transport: any HTTPTransport) async throws {
        let peer = try Peer.scripted()
        let answer = try await answer(to: try get("trailers", at: peer), from: transport)
        let types = answer.fields.values(named: "Content-Type")
        let isRight = answer.body == Array("right".utf8) && types == ["text/plain"]
        try require(isRight, "the body, and the header's Content-Type alone", found: "\(types)")
        for target in ["trailing", "trailing?one"] {
            let ending = await transport.ending(try get(target, at: peer))
            let expected: [Ending] = [.failure(.fieldsTooLarge, .maybe), .failure(.protocolViolation, .maybe)]
            try require(ending, of: "8 MiB of trailers (/\(target))", isOneOf: expected)
        }
    }

    /// The header fields in an answer of `/echo`.
    private static func fields(ofEcho echo: String) -> [HeaderField] {
        let head = echo.firstRange(of: "\r\n\r\n").map { echo[..<$0.lowerBound] } ?? echo[...]
        return head.split(separator: "\r\n").dropFirst().compactMap { line in
            line.firstIndex(of: ":").flatMap { colon in
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                return HeaderField(String(line[..<colon]), String(value))
            }
        }
    }
}
