import OAuthTypes
import TestSupport
import Testing

struct TLSTests {
    /// A certificate that must not be believed, and with which authorities configured.
    struct Untrusted: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let leaf: Authority.Leaf
        let trusts: Bool

        static let all = [
            Untrusted(testDescription: "expired", leaf: .expired, trusts: true),
            Untrusted(testDescription: "not valid yet", leaf: .future, trusts: true),
            Untrusted(testDescription: "for another host", leaf: .wrongHost, trusts: true),
            Untrusted(testDescription: "self-signed", leaf: .selfSigned, trusts: true),
            Untrusted(testDescription: "self-signed, system's authorities", leaf: .selfSigned, trusts: false),
            Untrusted(testDescription: "authority unknown to the system", leaf: .good, trusts: false),
        ]
    }

    private let request = { (peer: Peer, host: String) throws -> TransportRequest in
        TransportRequest(
            .post, try peer.url("kept", scheme: "https", host: host), body: Array("code=1".utf8), replay: .never)
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func trustsTheAuthoritiesItWasGiven(_ host: String) async throws {
        let authority = try Authority()
        let leaf = try authority.issue(.good)
        let peer = try Peer.scripted(["--tls", leaf.certificate, leaf.key])
        defer { peer.stop() }
        let transport = try makeTransport(trusting: authority.certificate)
        #expect(await transport.ending(try request(peer, host)) == .status(200))
        await transport.shutdown()
    }

    @Test(arguments: Untrusted.all)
    func refusesCertificate(_ untrusted: Untrusted) async throws {
        let authority = try Authority()
        let leaf = try authority.issue(untrusted.leaf)
        let peer = try Peer.scripted(["--tls", leaf.certificate, leaf.key])
        defer { peer.stop() }
        let file = untrusted.trusts ? authority.certificate : nil
        let transport = try makeTransport(trusting: file)
        #expect(await transport.ending(try request(peer, "localhost")) == .failure(.tls, .nothing))
        #expect(try peer.requests(containing: "/kept") == 0)
        await transport.shutdown()
    }

    @Test func refusesTLSBefore12() async throws {
        let authority = try Authority()
        let leaf = try authority.issue(.good)
        let peer = try Peer.scripted(["--tls", leaf.certificate, leaf.key, "--newest", "1.1"])
        defer { peer.stop() }
        let transport = try makeTransport(trusting: authority.certificate)
        #expect(await transport.ending(try request(peer, "localhost")) == .failure(.tls, .nothing))
        await transport.shutdown()
    }

    @Test func refusesAPeerThatBreaksTheHandshakeOff() async throws {
        // Neither answers a handshake: one closes on it, the other waits for a line that never ends.
        let transport = try makeTransport()
        for peer in [try Peer.scripted(), try Peer.faulty()] {
            defer { peer.stop() }
            let ending = await transport.ending(try request(peer, "localhost"), within: .short)
            #expect([.failure(.tls, .nothing), .failure(.timedOut, .nothing)].contains(ending), "\(ending)")
        }
        await transport.shutdown()
    }
}
