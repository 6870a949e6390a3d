import CurlTransport
import HTTPTransportTesting
import OAuthTypes
import Testing

/// Certificates of the client, with a server on loopback that demands one.
struct ClientCertificateTests {
    private let authority: Authority
    private let folder: TemporaryFolder

    init() throws {
        authority = try Authority()
        folder = try TemporaryFolder()
    }

    private func server() throws -> Peer {
        let leaf = try authority.issue(.good)
        return try Peer.scripted(["--tls", leaf.certificate, leaf.key, "--clients", authority.certificate])
    }

    private func url(_ target: String, at peer: Peer) throws -> EndpointURL {
        try peer.url(target, scheme: "https", host: "localhost")
    }

    @Test func showsItsCertificateToAServerThatAsks() async throws {
        let peer = try server()
        let files = try authority.issue(.client)
        let certificate = try ClientCertificate(certificateFile: files.certificate, keyFile: files.key)
        let configuration = CurlConfiguration(caFile: authority.certificate)
        let transport = try CurlTransport(configuration, certificate: certificate)
        #expect(try await transport.text(url("client", at: peer)).contains("A client of the test"))
        await transport.shutdown()
    }

    @Test func withoutACertificateSuchAServerRefuses() async throws {
        let peer = try server()
        let transport = try CurlTransport(CurlConfiguration(caFile: authority.certificate))
        let request = TransportRequest(.post, try url("client", at: peer), body: [1], replay: .never)
        // In TLS 1.3 the server's refusal comes after the client may have written.
        guard case .failure(let reason, _) = await transport.ending(request) else {
            Issue.record("answered without a certificate")
            return
        }
        #expect([.tls, .connectionLost].contains(reason))
        #expect(try peer.requests(containing: "/client") == 0)
        await transport.shutdown()
    }

    @Test func anEncryptedKeyNeedsItsPassword() async throws {
        let files = try authority.issue(.client)
        let encrypted = folder.path("encrypted.key")
        try Authority.encrypt(files.key, to: encrypted, password: "correct horse")
        let right = ClientCertificate.KeyPassword("correct horse")
        let certificate = try ClientCertificate(
            certificateFile: files.certificate, keyFile: encrypted, keyPassword: right)
        let peer = try server()
        let configuration = CurlConfiguration(caFile: authority.certificate)
        let transport = try CurlTransport(configuration, certificate: certificate)
        #expect(try await transport.text(url("client", at: peer)).contains("A client of the test"))
        await transport.shutdown()
        #expect("\(certificate) \(right) \(String(reflecting: certificate))".contains("horse") == false)
        for (password, setting) in [(nil, "keyFile"), ("battery staple", "keyPassword")] {
            let password = password.map { ClientCertificate.KeyPassword($0) }
            let error = #expect(throws: SettingsError.self) {
                try ClientCertificate(certificateFile: files.certificate, keyFile: encrypted, keyPassword: password)
            }
            #expect(error?.faults.map(\.setting) == [setting])
            #expect(error?.description.contains("battery") == false)
        }
    }

    @Test func tellsEveryFileThatCannotBeUsed() throws {
        let error = #expect(throws: SettingsError.self) {
            try ClientCertificate(certificateFile: "/nowhere/client.pem", keyFile: folder.path("none.key"))
        }
        #expect(error?.faults.map(\.setting) == ["certificateFile", "keyFile"])
        #expect(error?.description.contains("/nowhere/client.pem cannot be read. Give the path of a PEM file") == true)
    }

    @Test func refusesFilesThatHoldSomethingElse() throws {
        let files = try authority.issue(.client)
        let swapped = #expect(throws: SettingsError.self) {
            try ClientCertificate(certificateFile: files.key, keyFile: files.certificate)
        }
        #expect(swapped?.faults.map(\.setting) == ["certificateFile", "keyFile"])
        #expect(swapped?.faults.last?.fix == "Give a file with a line '-----BEGIN PRIVATE KEY-----'.")
        let broken = folder.path("broken.pem")
        try TemporaryFolder.write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", to: broken)
        #expect(throws: SettingsError.self) { try ClientCertificate(certificateFile: broken, keyFile: files.key) }
    }

    @Test func refusesTheKeyOfAnotherCertificate() throws {
        let files = try authority.issue(.client)
        let stranger = try Authority()
        let other = try stranger.issue(.client)
        let error = #expect(throws: SettingsError.self) {
            try ClientCertificate(certificateFile: files.certificate, keyFile: other.key)
        }
        withExtendedLifetime(stranger) {}
        #expect(error?.faults.map(\.setting) == ["keyFile"])
        #expect(error?.faults.first?.problem.contains("belongs to another certificate") == true)
    }
}
