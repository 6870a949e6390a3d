import CurlTransport
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
        let transport = try CurlTransport(CurlConfiguration(caFile: authority.certificate))
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
        let transport = try CurlTransport(CurlConfiguration(caFile: file))
        #expect(await transport.ending(try request(peer, "localhost")) == .failure(.tls, .nothing))
        #expect(try peer.requests(containing: "/kept") == 0)
        await transport.shutdown()
    }

    @Test func refusesTLSBefore12() async throws {
        let authority = try Authority()
        let leaf = try authority.issue(.good)
        let peer = try Peer.scripted(["--tls", leaf.certificate, leaf.key, "--newest", "1.1"])
        defer { peer.stop() }
        let transport = try CurlTransport(CurlConfiguration(caFile: authority.certificate))
        #expect(await transport.ending(try request(peer, "localhost")) == .failure(.tls, .nothing))
        await transport.shutdown()
    }

    @Test func refusesAPeerThatBreaksTheHandshakeOff() async throws {
        // Neither answers a handshake: one closes on it, the other waits for a line that never ends.
        let transport = try CurlTransport()
        for peer in [try Peer.scripted(), try Peer.faulty()] {
            defer { peer.stop() }
            let ending = await transport.ending(try request(peer, "localhost"), within: .short)
            #expect([.failure(.tls, .nothing), .failure(.timedOut, .nothing)].contains(ending), "\(ending)")
        }
        await transport.shutdown()
    }
}

/// A certificate authority made for one test.
final class Authority: Sendable {
    enum Leaf: Sendable {
        case good, expired, future, wrongHost, selfSigned
    }

    private let folder: TemporaryFolder
    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    var certificate: String { folder.path("ca.pem") }

    init() throws {
        folder = try TemporaryFolder()
        let names = ["-subj", "/CN=Test authority", "-keyout", folder.path("ca.key"), "-out", folder.path("ca.pem")]
        try Authority.openssl(["req", "-x509", "-days", "2"] + names + Authority.newKey)
        try TemporaryFolder.write("", to: folder.path("index.txt"))
        try TemporaryFolder.write(Authority.settings(folder), to: folder.path("ca.cnf"))
    }

    /// Makes a key and a certificate.
    func issue(_ leaf: Leaf) throws -> (certificate: String, key: String) {
        let (key, request, certificate) = (folder.path("leaf.key"), folder.path("leaf.csr"), folder.path("leaf.pem"))
        let name = leaf == .wrongHost ? "DNS:other.example" : "DNS:localhost,IP:127.0.0.1"
        let subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=\(name)", "-keyout", key]
        if leaf == .selfSigned {
            try Authority.openssl(["req", "-x509", "-days", "2", "-out", certificate] + subject + Authority.newKey)
            return (certificate, key)
        }
        try Authority.openssl(["req", "-new", "-out", request] + subject + Authority.newKey)
        let (start, end) = Authority.validity(of: leaf)
        let authority = [
            "-config", folder.path("ca.cnf"), "-cert", folder.path("ca.pem"), "-keyfile", folder.path("ca.key"),
        ]
        let dates = ["-startdate", start, "-enddate", end]
        try Authority.openssl(["ca", "-batch", "-notext", "-in", request, "-out", certificate] + authority + dates)
        return (certificate, key)
    }

    private static func openssl(_ arguments: [String]) throws {
        try LocalProcess.run(["openssl"] + arguments)
    }

    private static func validity(of leaf: Leaf) -> (start: String, end: String) {
        switch leaf {
        case .expired: ("20200101000000Z", "20200201000000Z")
        case .future: ("20490101000000Z", "20491231000000Z")
        default: ("20200101000000Z", "20491231000000Z")
        }
    }

    private static func settings(_ folder: TemporaryFolder) -> String {
        """
        [ca]
        default_ca = test
        [test]
        database = \(folder.path("index.txt"))
        new_certs_dir = \(folder.path(""))
        rand_serial = yes
        default_md = sha256
        policy = anything
        copy_extensions = copy
        [anything]
        commonName = supplied

        """
    }
}
