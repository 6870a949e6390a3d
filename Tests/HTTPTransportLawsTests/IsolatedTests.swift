import HTTPTransportTesting
import OAuthTypes
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What concerns a process as a whole – environment, descriptors, memory – is tested in one of its own.
struct IsolatedTests {
    @Test func asksTheEnvironmentForNoProxy() async {
        await #expect(processExitsWith: .success) {
            let (proxy, server) = (try Peer.scripted(), try Peer.scripted())
            for name in ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
                _ = unsafe setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
            }
            let away = TransportRequest(.post, try EndpointURL("https://auth.invalid/token"), body: [1], replay: .never)
            for kind in TransportKind.allCases {
                let direct = try kind.make()
                #expect(Int(try await direct.text(server.url("kept"))) != nil)
                #expect(await direct.ending(away) == .failure(.unknownHost, .nothing))
                await direct.shutdown()
            }
            #expect(try proxy.requests(containing: "") == 0)
        }
    }

    @Test func letsTheEnvironmentKeepNothingFromTheProxyItWasGiven() async {
        await #expect(processExitsWith: .success) {
            _ = unsafe setenv("no_proxy", "*", 1)
            for kind in TransportKind.allCases {
                try await HTTPTransportKit().check(.tunnelIsAskedFor) { try kind.make(through: $0) }
            }
        }
    }

    #if os(Linux)
        @Test func closesWhatItOpenedAfterAThousandCancellations() async {
            await #expect(processExitsWith: .success) {
                let peer = try Peer.faulty()
                for kind in TransportKind.allCases {
                    let transport = try kind.make()
                    #expect(try await transport.text(peer.url("null")) == "null")
                    let baseline = try ProcessState.sockets()
                    let request = TransportRequest(.post, try peer.url("silent"), body: [1], replay: .never)
                    for round in 0..<20 {
                        let endings = try await cancelled(transport, request, count: 50, round: round, peer: peer)
                        #expect(endings.count == 50)
                        let right: Set<Ending> = [.failure(.cancelled, .nothing), .failure(.cancelled, .maybe)]
                        #expect(right.isSuperset(of: endings), "\(endings)")
                    }
                    // A connection that was still being established closes by itself.
                    for _ in 0..<2_000 where try ProcessState.sockets() > baseline {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    let left = try ProcessState.sockets()
                    #expect(left == baseline, "\(left) sockets, \(baseline) before")
                    #expect(try await transport.text(peer.url("null")) == "null")
                    await transport.shutdown()
                }
            }
        }

        @Test func leavesNothingBehindWhenTransportsGo() async {
            await #expect(processExitsWith: .success) {
                let peer = try Peer.faulty()
                let once = TransportRequest(.get, try peer.url("null"), replay: .idempotent)
                for kind in TransportKind.allCases {
                    let first = try kind.make()
                    #expect(await first.ending(once) == .status(200))
                    await first.shutdown()
                    let (sockets, threads) = (try ProcessState.sockets(), try ProcessState.threads())
                    for _ in 0..<100 {
                        let transport = try kind.make()
                        #expect(await transport.ending(once) == .status(200))
                        await transport.shutdown()
                    }
                    #expect(try ProcessState.sockets() == sockets)
                    for _ in 0..<100 {
                        let transport = try kind.make()
                        #expect(await transport.ending(once) == .status(200))
                    }
                    // Deinitializing does not wait for the thread.
                    while try ProcessState.sockets() > sockets { try await Task.sleep(for: .milliseconds(5)) }
                    // The runtime keeps threads of its own.
                    while try ProcessState.threads() > threads + 8 { try await Task.sleep(for: .milliseconds(5)) }
                }
            }
        }

        @Test func holdsNoMoreThanTheLimitsOfEndlessResponses() async {
            await #expect(processExitsWith: .success) {
                let (peer, scripted) = (try Peer.faulty(), try Peer.scripted())
                for kind in TransportKind.allCases {
                    let transport = try kind.make()
                    #expect(try await transport.text(peer.url("null")) == "null")
                    let before = try ProcessState.peakKibibytes()
                    for mode in ["endless_chunked", "endless_eof", "endless_headers", "huge_header", "gzip_bomb"] {
                        let request = TransportRequest(.get, try peer.url(mode), replay: .never)
                        _ = await transport.ending(request)
                    }
                    for mode in ["trailing", "trailing?one", "stuffed"] {
                        let request = TransportRequest(.get, try scripted.url(mode), replay: .never)
                        _ = await transport.ending(request)
                    }
                    let grown = try ProcessState.peakKibibytes() - before
                    #expect(grown < 16_384, "\(kind): \(grown) KiB")
                    await transport.shutdown()
                }
            }
        }
    #endif
}

/// Starts exchanges that never end and cancels them: some at once, some on the way, some when the peer has them.
private func cancelled(
    _ transport: any HTTPTransport, _ request: TransportRequest, count: Int, round: Int, peer: Peer
) async throws -> [Ending] {
    let known = try peer.requests(containing: "/silent ")
    let tasks = (0..<count).map { _ in Task { await transport.ending(request) } }
    if round % 4 == 3 {
        try await peer.waitForRequest(containing: "/silent ", beyond: known)
    }
    for task in tasks {
        for _ in 0..<round { await Task.yield() }
        task.cancel()
    }
    var endings: [Ending] = []
    for task in tasks { endings.append(await task.value) }
    return endings
}

/// What Linux says about this process.
private enum ProcessState {
    /// How many sockets this process holds. The runtime opens descriptors as it likes, but none of these.
    static func sockets() throws -> Int {
        guard let folder = unsafe opendir("/proc/self/fd") else { throw PeerError("no /proc/self/fd") }
        defer { unsafe closedir(folder) }
        var count = 0
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            var target = [CChar](repeating: 0, count: 64)
            let length = unsafe readlink("/proc/self/fd/\(name)", &target, target.count)
            let text = String(decoding: target.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("socket:") { count += 1 }
        }
        return count
    }

    static func threads() throws -> Int { try number("Threads:") }

    static func peakKibibytes() throws -> Int { try number("VmHWM:") }

    private static func number(_ name: String) throws -> Int {
        let lines = try TemporaryFolder.text(of: "/proc/self/status").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(name) }),
            let number = Int(line.filter { ("0"..."9").contains($0) })
        else { throw PeerError("no \(name) in /proc/self/status") }
        return number
    }
}
