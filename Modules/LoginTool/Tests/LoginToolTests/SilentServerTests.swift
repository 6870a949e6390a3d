import CurlTransport
import Foundation
import LoginToolCommands
import OAuthTypes
import Testing

@Suite struct SilentServerTests {
    @Test(arguments: [["doctor", "--json"], ["profile", "check", "oidc-basic"]])
    func aCommandEndsWhenTheProviderNeverAnswers(_ arguments: [String]) async throws {
        let server = try SilentServer()
        let transport = HurriedTransport(inner: try CurlTransport())
        let surroundings = Surroundings(
            environment: [
                "LOGIN_ISSUER": server.issuer, "LOGIN_CLIENT_ID": Session.clientID,
                "LOGIN_BASE_URL": "http://localhost:3000",
            ],
            transport: { _ throws(TransportError) in transport })
        let session = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: Session(arguments, reading: OctetSource { _ in [] }, surroundings: surroundings))
            }
        }
        #expect(session.status == .refused)
        #expect((session.output + session.complaint).contains("firewall"))
        await transport.inner.shutdown()
    }

    // The bound of each exchange: the transport keeps to it, as the test above shows.
    @Test func everyRequestOfTheDoctorHasADeadline() async throws {
        let examination = await Examination(try ScriptedProvider())
        #expect(examination.limits.count == examination.requests.count && !examination.limits.isEmpty)
        #expect(examination.limits.allSatisfy { $0.total <= .seconds(10) && $0.connect <= .seconds(5) })
    }
}

/// Waits less long than it is told to.
private struct HurriedTransport: HTTPTransport {
    let inner: CurlTransport

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let most = Duration.milliseconds(200)
        return try await inner.send(
            request,
            within: TransportLimits(
                connect: min(limits.connect, most), total: min(limits.total, most),
                maximumBodyOctets: limits.maximumBodyOctets))
    }
}

/// A listener on loopback: connections are made, and nothing is ever read or written.
private final class SilentServer {
    private let listener: Int32
    let issuer: String

    init() throws {
        #if canImport(Darwin)
            let listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(listener, pointer, size) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, pointer, &size) == 0
            }
        }
        issuer = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        guard isListening else { throw POSIXError(.EADDRINUSE) }
    }

    deinit { close(listener) }
}
