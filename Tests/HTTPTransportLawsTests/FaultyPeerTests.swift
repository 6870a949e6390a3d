import OAuthTypes
import TestSupport
import Testing

/// One way of faulty_peer to misbehave and the endings that are right.
struct FaultyMode: Sendable, CustomTestStringConvertible {
    let name: String
    let endings: [Ending]
    let limits: TransportLimits

    init(_ name: String, _ endings: Ending..., within limits: TransportLimits = .generous) {
        self.name = name
        self.endings = endings
        self.limits = limits
    }

    var testDescription: String { name }

    private static func refused(_ name: String, _ reasons: TransportError.Reason...) -> FaultyMode {
        FaultyMode(name, endings: reasons.map { .failure($0, .maybe) })
    }

    private init(_ name: String, endings: [Ending]) {
        self.name = name
        self.endings = endings
        limits = .generous
    }

    private static func hanging(_ name: String) -> FaultyMode {
        FaultyMode(name, .failure(.timedOut, .maybe), within: .short)
    }

    private static func answered(_ status: Int, _ names: [String]) -> [FaultyMode] {
        names.map { FaultyMode($0, .status(status)) }
    }

    static let broken = [
        hanging("silent"), hanging("slow_headers"), hanging("slow_body"), hanging("no_read"), hanging("late_body"),
        refused("close", .connectionLost), refused("reset", .connectionLost),
        // What arrived before a reset may be lost to the reader.
        refused("reset_midbody", .protocolViolation, .connectionLost),
        refused("endless_headers", .fieldsTooLarge), refused("huge_header", .fieldsTooLarge),
        refused("endless_chunked", .bodyTooLarge), refused("endless_eof", .bodyTooLarge),
        refused("big_length", .bodyTooLarge), refused("bad_length", .protocolViolation),
        refused("two_lengths", .protocolViolation), refused("short_body", .protocolViolation),
        refused("bad_chunk", .protocolViolation), refused("te_and_cl", .protocolViolation),
        refused("garbage", .protocolViolation), refused("http09", .protocolViolation),
        refused("ssh", .protocolViolation), refused("crlf_header", .protocolViolation),
        refused("gzip_broken", .contentCoding("gzip")), refused("gzip_bomb", .bodyTooLarge),
    ]

    private static let oddBodies = [
        "ok", "html", "html_as_json", "json_as_text", "no_type", "type_params", "utf16", "bom", "array", "dup", "empty",
        "null", "deep", "error200", "s100", "s103", "pipelined_extra",
    ]

    static let all =
        broken + answered(200, oddBodies)
        + answered(204, ["s204"]) + answered(400, ["error_json", "error_types"])
        + answered(401, ["echo_secret", "s401", "s401_nonce"]) + answered(502, ["error_html"])
        + answered(429, ["s429", "s429_huge", "s429_neg"]) + answered(503, ["s503", "s503_date"])
        + answered(301, ["r301"]) + answered(302, ["r302", "r_self", "r_file"]) + answered(303, ["r303"])
        + answered(307, ["r307", "r_protorel"]) + answered(308, ["r308"])
}

@Suite(.sharedFaultyPeer)
struct FaultyPeerTests {
    @Test(arguments: FaultyMode.all)
    func endsEveryModeWithTheRightAnswerOrATypedFailure(_ mode: FaultyMode) async throws {
        let peer = try #require(SharedFaultyPeer.current)
        let transport = try makeTransport()
        let request = TransportRequest(
            .post, try peer.url("\(mode.name)?every"), body: Array("code=secret".utf8), replay: .never)
        let ending = await transport.ending(request, within: mode.limits)
        #expect(mode.endings.contains(ending), "\(ending)")
        let sendings = try peer.requests(containing: "/\(mode.name)?every ")
        // A busy peer may look at the request only after the deadline.
        #expect(sendings == 1 || (sendings == 0 && ending == .failure(.timedOut, .maybe)))
        await transport.shutdown()
    }

    @Test func knowsEveryModeOfThePeer() throws {
        let tools = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let script = try TemporaryFolder.text(of: "/\(tools)/Vectors/tools/faulty_peer.py")
        let modes = script.split(separator: "\n").flatMap { line -> [Substring] in
            let line = line.trimmingPrefix { $0 == " " }
            guard line.hasPrefix("if m==") || line.hasPrefix("elif m") else { return [] }
            let condition = line.prefix { $0 != ":" }
            return condition.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        }
        #expect(modes.count >= 60)
        #expect(Set(modes.map(String.init)) == Set(FaultyMode.all.map(\.name)))
    }

    @Test(arguments: ["r301", "r302", "r303", "r307", "r308", "r_protorel", "r_self", "r_file"])
    func followsNoRedirect(_ mode: String) async throws {
        let peer = try #require(SharedFaultyPeer.current)
        let transport = try makeTransport()
        for replay in [TransportRequest.Replay.never, .idempotent] {
            let request = TransportRequest(.post, try peer.url("\(mode)?redirect"), body: [1], replay: replay)
            let response = try await transport.send(request, within: .generous)
            #expect((300..<400).contains(response.status))
            #expect(response.fields.onlyValue(named: "Location") != nil)
        }
        #expect(try peer.requests(containing: "/landed") == 0)
        #expect(try peer.requests(containing: "/\(mode)?redirect ") == 2)
        await transport.shutdown()
    }

    @Test func handsOverCompressedBodiesAsTheyCameToWhoeverAskedForThem() async throws {
        let peer = try #require(SharedFaultyPeer.current)
        let transport = try makeTransport()
        let coding = try #require(HeaderField("accept-encoding", "gzip"))
        let request = TransportRequest(.get, try peer.url("gzip_bomb?raw"), fields: [coding], replay: .idempotent)
        let response = try await transport.send(request, within: .generous)
        #expect(response.body.starts(with: [0x1F, 0x8B]))
        // 200,000,000 octets inflated.
        #expect(response.body.count < 400_000)
        #expect(response.fields.onlyValue(named: "Content-Encoding") == "gzip")
        await transport.shutdown()
    }

    @Test func cutsABodyAtTheLimit() async throws {
        let peer = try #require(SharedFaultyPeer.current)
        let transport = try makeTransport()
        let request = TransportRequest(.get, try peer.url("type_params?limit"), replay: .idempotent)
        let length = try await transport.send(request, within: .generous).body.count
        var limits = TransportLimits.generous
        limits.maximumBodyOctets = length
        #expect(await transport.ending(request, within: limits) == .status(200))
        limits.maximumBodyOctets = length - 1
        #expect(await transport.ending(request, within: limits) == .failure(.bodyTooLarge, .maybe))
        await transport.shutdown()
    }

    @Test func givesTheNextExchangeItsOwnAnswer() async throws {
        let peer = try #require(SharedFaultyPeer.current)
        let transport = try makeTransport(maximumConnections: 1)
        for mode in ["pipelined_extra", "late_body", "pipelined_extra"] {
            let request = TransportRequest(.get, try peer.url("\(mode)?before"), replay: .idempotent)
            _ = await transport.ending(request, within: .short)
            #expect(try await transport.text(peer.url("null?after")) == "null")
        }
        await transport.shutdown()
    }
}

/// One faulty_peer for a whole suite, because starting one takes longer than a test.
enum SharedFaultyPeer {
    @TaskLocal static var current: Peer?
}

struct SharedFaultyPeerTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await SharedFaultyPeer.$current.withValue(try Peer.faulty()) { try await function() }
    }
}

extension Trait where Self == SharedFaultyPeerTrait {
    static var sharedFaultyPeer: SharedFaultyPeerTrait { SharedFaultyPeerTrait() }
}
