import CurlTransport
import OAuthTypes
import Synchronization

/// A transport with one flaw: what the kit has to catch.
struct BrokenTransport: HTTPTransport {
    enum Flaw: CaseIterable, Sendable {
        case none
        // Requests.
        case dropsFields, tidiesTargets, sendsAllByPOST, cutsBodies, asksForGzip, decodesUnasked, sendsTwice
        case sendsLoopbackToTheProxy, ignoresTheProxy
        // Answers.
        case inventsBodies, readsValuesWithLosses, handsTrailersOver, followsRedirects, takesInformationForAnswers
        case remembersAnswers, hidesCodings, throwsForErrors, losesStatusOfErrors, failsWithoutABody
        // Limits.
        case countsOneTooMany, refusesEndlessDeadlines, hasNoBound, keepsPlaces
        // Failures that pass for answers, or for others.
        case forgivesViolations, forgivesLimits, forgivesSilence, forgivesLoss, forgivesCancellation, trustsAnyone
        case staysOpen, saysMaybe, mistakesUnknownHosts, distrustsEveryone
    }

    let flaw: Flaw
    private let proxyPort: UInt16
    private let transport: CurlTransport
    private let memory = Memory()

    init(_ flaw: Flaw, _ configuration: CurlConfiguration = CurlConfiguration()) throws {
        self.flaw = flaw
        var configuration = configuration
        if flaw == .hasNoBound { configuration.maximumConnections = 64 }
        proxyPort = if case .server(_, let port) = configuration.proxy { port } else { 0 }
        if flaw == .ignoresTheProxy { configuration.proxy = .none }
        transport = try CurlTransport(configuration)
    }

    func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        if flaw == .refusesEndlessDeadlines, limits.total > .seconds(1 << 40) {
            throw TransportError(.timedOut, sent: .nothing)
        }
        if flaw == .keepsPlaces, memory.wasUsed() { throw TransportError(.timedOut, sent: .nothing) }
        let answer: TransportResponse
        do throws(TransportError) {
            if flaw == .sendsTwice { _ = try? await transport.send(request, within: limits) }
            answer = try await transport.send(flawed(request), within: flawed(limits))
        } catch {
            guard !isForgiven(error.reason) else { return TransportResponse(status: 200) }
            throw flawed(error)
        }
        return try flawed(answer, to: request)
    }

    func shutdown() async { await transport.shutdown() }
}

extension BrokenTransport {
    private func flawed(_ request: TransportRequest) -> TransportRequest {
        var request = request
        switch flaw {
        case .dropsFields: request.fields = []
        case .tidiesTargets: request.url = edited(request.url) { $0.replacing("/./", with: "/") }
        case .sendsAllByPOST: request.method = .post
        case .cutsBodies: request.body = Array(request.body.prefix(100_000))
        case .asksForGzip: request.fields.append(HeaderField(literal: "Accept-Encoding", value: "gzip"))
        case .decodesUnasked: request.fields.removeAll { $0.isNamed("Accept-Encoding") }
        case .sendsLoopbackToTheProxy where request.url.origin.isLoopback:
            request.url = edited(request.url) { $0.replacing(":\(request.url.origin.port)/", with: ":\(proxyPort)/") }
        default: break
        }
        return request
    }

    private func edited(_ url: EndpointURL, by edit: (String) -> String) -> EndpointURL {
        (try? EndpointURL(edit(url.text), allowing: .loopback)) ?? url
    }

    private func flawed(_ limits: TransportLimits) -> TransportLimits {
        var limits = limits
        if flaw == .countsOneTooMany { limits.maximumBodyOctets += 1 }
        return limits
    }

    private func flawed(
        _ answer: TransportResponse, to request: TransportRequest
    ) throws(TransportError) -> TransportResponse {
        var answer = answer
        switch flaw {
        case .inventsBodies: answer.body.append(0)
        case .readsValuesWithLosses:
            answer.fields = answer.fields.compactMap { HeaderField($0.name, $0.value.replacing("\u{E9}", with: "?")) }
        case .handsTrailersOver: answer.fields.append(HeaderField(literal: "Content-Type", value: "text/html"))
        case .followsRedirects where (300..<400).contains(answer.status): answer.status = 200
        case .takesInformationForAnswers: answer.status = 103
        case .remembersAnswers: if let earlier = memory.exchange(answer.body) { answer.body = earlier }
        case .hidesCodings: answer.fields.removeAll { $0.isNamed("Content-Encoding") }
        case .throwsForErrors where answer.status >= 400: throw TransportError(.protocolViolation, sent: .maybe)
        case .losesStatusOfErrors where answer.status >= 400: throw TransportError(.contentCoding("br"), sent: .maybe)
        case .failsWithoutABody where answer.body.isEmpty: throw TransportError(.connectionLost, sent: .maybe)
        case .distrustsEveryone: throw TransportError(.tls, sent: .nothing)
        default: break
        }
        return answer
    }

    private func isForgiven(_ reason: TransportError.Reason) -> Bool {
        switch (flaw, reason) {
        case (.forgivesViolations, .protocolViolation), (.forgivesLimits, .bodyTooLarge), (.forgivesSilence, .timedOut),
            (.forgivesLoss, .connectionLost), (.forgivesCancellation, .cancelled), (.trustsAnyone, .tls),
            (.trustsAnyone, .timedOut), (.staysOpen, .unavailable):
            true
        default: false
        }
    }

    private func flawed(_ error: TransportError) -> TransportError {
        switch (flaw, error.reason) {
        case (.saysMaybe, _): TransportError(error.reason, sent: .maybe)
        case (.mistakesUnknownHosts, .unknownHost): TransportError(.connectionFailed, sent: .nothing)
        default: error
        }
    }
}

/// What a flaw remembers of earlier exchanges.
private final class Memory: Sendable {
    private let body = Mutex<[UInt8]?>(nil)
    private let isUsed = Atomic(false)

    /// Whether this was called before.
    func wasUsed() -> Bool { isUsed.exchange(true, ordering: .acquiringAndReleasing) }

    func exchange(_ octets: [UInt8]) -> [UInt8]? {
        body.withLock { body in
            defer { body = octets }
            return body
        }
    }
}
