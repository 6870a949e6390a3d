import HTTPTransportTesting
import OAuthTypes
import Testing

/// `identity` is asked for; what networks in front of a provider compress all the same is read within the limits. The laws
/// leave open whether a transport decodes; these do.
struct ContentCodingTests {
    private static let body = #"{"coded":true}"#

    private func ending(
        _ target: String, limit: Int = 100, fields: [(String, String)] = [], _ kind: TransportKind
    ) async throws -> Result<TransportResponse, TransportError> {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try kind.make()
        let request = TransportRequest(
            .get, try peer.url(target), fields: fields.compactMap { HeaderField($0, $1) }, replay: .idempotent)
        var limits = TransportLimits.generous
        limits.maximumBodyOctets = limit
        let result: Result<TransportResponse, TransportError>
        do throws(TransportError) {
            result = .success(try await transport.send(request, within: limits))
        } catch { result = .failure(error) }
        await transport.shutdown()
        return result
    }

    @Test(
        arguments: ["coded", "coded?chunked", "coded?coding=x-gzip", "coded?coding=GZIP", "coded?status=400%20Bad"],
        TransportKind.allCases)
    func decodesOneGzipAndKeepsTheFieldThatTells(_ target: String, _ kind: TransportKind) async throws {
        for fields in [[], [("accept-encoding", "identity")]] {
            let response = try await ending(target, fields: fields, kind).get()
            #expect(String(decoding: response.body, as: UTF8.self) == Self.body)
            #expect(response.fields.contentCoding?.lowercased().hasSuffix("gzip") == true)
        }
    }

    @Test(arguments: TransportKind.allCases)
    func leavesABodyAsItIsThatNamesNoCoding(_ kind: TransportKind) async throws {
        let response = try await ending("coded?plain&coding=identity", kind).get()
        #expect(String(decoding: response.body, as: UTF8.self) == Self.body)
        #expect(response.fields.contentCoding == nil)
    }

    @Test(
        arguments: [
            ("coded?coding=br", "br"), ("coded?coding=deflate", "deflate"),
            ("coded?twice&coding=gzip,%20gzip", "gzip, gzip"),
            ("coded?plain", "gzip"), ("coded?plain&coding=zstd", "zstd"), ("coded?coding=nonsense", "nonsense"),
        ], TransportKind.allCases)
    func namesACodingThatItDoesNotDecode(_ answer: (target: String, coding: String), _ kind: TransportKind) async throws
    {
        let failure = TransportError(.contentCoding(answer.coding), sent: .maybe)
        guard case .failure(failure) = try await ending(answer.target, kind) else {
            Issue.record("not refused for its coding")
            return
        }
        #expect(failure.description.contains("'\(answer.coding)'"))
    }

    @Test(arguments: ["coded?status=503%20Away&coding=br", "coded?status=401%20No&plain"], TransportKind.allCases)
    func anErrorThatCannotBeDecodedHasNoBody(_ target: String, _ kind: TransportKind) async throws {
        let response = try await ending(target, kind).get()
        #expect([401, 503].contains(response.status))
        #expect(response.body.isEmpty)
        #expect(response.fields.contentCoding != nil)
    }

    /// libcurl 7.88 reports no error when a gzip ends too early. What it hands over is then no whole document.
    @Test(arguments: TransportKind.allCases)
    func aGzipThatBreaksOffIsNoWholeDocument(_ kind: TransportKind) async throws {
        let body = try? await ending("coded?cut&chunked", kind).get().body
        #expect(body != Array(Self.body.utf8))
    }
}
