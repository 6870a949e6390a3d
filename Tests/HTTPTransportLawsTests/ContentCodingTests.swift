import OAuthTypes
import TestSupport
import Testing

/// `identity` is asked for; what networks in front of a provider compress all the same is read within the limits.
struct ContentCodingTests {
    private static let body = #"{"coded":true}"#

    private func ending(_ target: String, limit: Int = 100, fields: [(String, String)] = []) async throws -> Result<
        TransportResponse, TransportError
    > {
        let peer = try Peer.scripted()
        defer { peer.stop() }
        let transport = try makeTransport()
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

    @Test(arguments: ["coded", "coded?chunked", "coded?coding=x-gzip", "coded?coding=GZIP", "coded?status=400%20Bad"])
    func decodesOneGzipAndKeepsTheFieldThatTells(_ target: String) async throws {
        for fields in [[], [("accept-encoding", "identity")]] {
            let response = try await ending(target, fields: fields).get()
            #expect(String(decoding: response.body, as: UTF8.self) == Self.body)
            #expect(response.fields.contentCoding?.lowercased().hasSuffix("gzip") == true)
        }
    }

    @Test func leavesABodyAsItIsThatNamesNoCoding() async throws {
        let response = try await ending("coded?plain&coding=identity").get()
        #expect(String(decoding: response.body, as: UTF8.self) == Self.body)
        #expect(response.fields.contentCoding == nil)
    }

    @Test(
        arguments: [
            ("coded?coding=br", "br"), ("coded?coding=deflate", "deflate"),
            ("coded?twice&coding=gzip,%20gzip", "gzip, gzip"),
            ("coded?plain", "gzip"), ("coded?plain&coding=zstd", "zstd"), ("coded?coding=nonsense", "nonsense"),
        ])
    func namesACodingThatItDoesNotDecode(_ target: String, coding: String) async throws {
        let failure = TransportError(.contentCoding(coding), sent: .maybe)
        guard case .failure(failure) = try await ending(target) else {
            Issue.record("not refused for its coding")
            return
        }
        #expect(failure.description.contains("'\(coding)'"))
    }

    @Test(arguments: ["coded?status=503%20Away&coding=br", "coded?status=401%20No&plain"])
    func keepsTheStatusOfAnErrorThatItCannotDecode(_ target: String) async throws {
        let response = try await ending(target).get()
        #expect([401, 503].contains(response.status))
        #expect(response.body.isEmpty)
        #expect(response.fields.contentCoding != nil)
    }

    /// libcurl 7.88 reports no error when a gzip ends too early. What it hands over is then no whole document.
    @Test func aGzipThatBreaksOffIsNoWholeDocument() async throws {
        let body = try? await ending("coded?cut&chunked").get().body
        #expect(body != Array(Self.body.utf8))
    }

    @Test func countsBeforeAndAfterDecoding() async throws {
        // 14 octets, 34 or so in gzip.
        guard
            case .failure(TransportError(.bodyTooLarge, sent: .maybe)) = try await ending("coded?chunked", limit: 20)
        else {
            Issue.record("the limit was not held before decoding")
            return
        }
        guard case .failure(TransportError(.bodyTooLarge, sent: .maybe)) = try await ending("coded", limit: 13) else {
            Issue.record("the limit was not held after decoding")
            return
        }
    }

    /// 64 MiB that decode to nothing.
    @Test func endsABodyThatIsAllHeaderOfItsCoding() async throws {
        guard case .failure(TransportError(.bodyTooLarge, sent: .maybe)) = try await ending("stuffed", limit: 1 << 20)
        else {
            Issue.record("the limit was not held")
            return
        }
    }

    @Test func handsOverTheBodyAsItCameToWhoeverAsksForACoding() async throws {
        for target in ["coded?coding=br", "coded"] {
            let response = try await ending(target, fields: [("Accept-Encoding", "gzip, br")]).get()
            #expect(response.body.starts(with: [0x1F, 0x8B]))
        }
    }
}
