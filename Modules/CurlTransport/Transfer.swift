import CLibcurl
import OAuthTypes

/// One exchange on the loop's thread. libcurl's callbacks point at it: the reactor keeps it from before its handle is
/// added until after the handle is removed, and no callback runs outside of that time.
final class Transfer {
    enum End {
        case completed(CURLcode)
        case cancelled
        case closed
    }

    let easy: EasyHandle
    private let arrival: EventLoop.Arrival
    private var reader: ResponseReader
    private var refusal: TransportError.Reason?
    private var sendings = 0
    private var countsSendings = true
    private let mayBeSentAgain: Bool
    private let addressGuard: AddressGuard
    private var refusedAddress: InternetAddress?

    /// Nil when libcurl refuses a setting.
    /// - Parameter milliseconds: what is left until the total deadline.
    init?(_ arrival: EventLoop.Arrival, by settings: TransferSettings, milliseconds: Int) {
        guard let easy = EasyHandle() else { return nil }
        self.easy = easy
        self.arrival = arrival
        let (exchange, configuration) = (arrival.exchange, settings.configuration)
        addressGuard = configuration.addressGuard
        mayBeSentAgain = configuration.connections == .keptForReading && exchange.request.replay == .idempotent
        reader = ResponseReader(
            maximumBodyOctets: exchange.limits.maximumBodyOctets, isBodyExpected: exchange.request.method != .head,
            isCodingRefused: !exchange.request.asksForCoding)
        do throws(OptionError) {
            try easy.apply(configuration, to: exchange.request.url)
            try easy.apply(exchange.request)
            try easy.apply(exchange.limits, milliseconds: milliseconds)
            if let certificate = settings.certificate { try easy.apply(certificate) }
            if !mayBeSentAgain { try easy.useOwnConnection() }
            countsSendings = try easy.setCallbacks(to: self)
            if addressGuard.isOn, !configuration.usesProxy(for: exchange.request.url.origin) {
                try easy.guardAddresses(by: self)
            }
        } catch {
            return nil
        }
    }

    var isCancelled: Bool { arrival.exchange.isCancelled }

    /// Answers the caller. Called once, after the handle has been removed.
    func resume(after end: End) {
        arrival.continuation.resume(returning: outcome(of: end))
    }

    private var host: String { arrival.exchange.request.url.origin.host }

    private func outcome(of end: End) -> Exchange.Outcome {
        switch end {
        case .cancelled: return .failure(TransportError(.cancelled, sent: sent))
        case .closed: return .failure(TransportError(.unavailable, sent: sent))
        case .completed(let code):
            if refusal == nil, code == CLIBCURL_OK, let response = reader.response { return .success(response) }
            return failed(for: refusal ?? reason(of: code))
        }
    }

    // An error's status must not be lost together with an unreadable body.
    private func failed(for reason: TransportError.Reason) -> Exchange.Outcome {
        if case .contentCoding = reason, let response = reader.response, !(200...299).contains(response.status) {
            return .success(TransportResponse(status: response.status, fields: response.fields))
        }
        return .failure(TransportError(reason, sent: sent))
    }

    private func reason(of code: CURLcode) -> TransportError.Reason {
        if let refusedAddress, sent == .nothing, code == CLIBCURL_COULDNT_CONNECT {
            return .addressRefused(host: host, address: refusedAddress.description)
        }
        if code == CLIBCURL_BAD_CONTENT_ENCODING, let coding = reader.contentCoding { return .contentCoding(coding) }
        return TransportError.Reason(code, sent: sent, progress: reader.progress)
    }

    // libcurl's own counter of sent octets stays at 0 in 8.7, so it is asked only where there is no
    // callback (before 7.80).
    private var sent: TransportError.Sent {
        let isUntouched = countsSendings ? sendings == 0 : easy.octetsSent == 0
        return isUntouched ? .nothing : .maybe
    }
}

// What the callbacks do; false ends the transfer.
extension Transfer {
    /// libcurl is about to open a connection to this address, one of those that the host has.
    func mayConnect(to octets: [UInt8]) -> Bool {
        guard let address = InternetAddress(octets: octets) else { return false }
        if addressGuard.allows(address, for: host) { return true }
        refusedAddress = address
        return false
    }

    /// libcurl is about to write a request: once, or again after a connection died.
    func mayWriteRequest() -> Bool {
        guard mayBeSentAgain || sendings == 0 else { return false }
        sendings += 1
        return true
    }

    func take(line: [UInt8]) -> Bool {
        refusal = reader.take(line: line)
        return refusal == nil
    }

    /// libcurl has received so many octets of the body, not decoded yet.
    func mayGoOn(received octets: Int64) -> Bool {
        refusal = refusal ?? reader.refusal(ofReceived: octets)
        return refusal == nil
    }

    func take(body octets: UnsafeRawBufferPointer) -> Bool {
        refusal = unsafe reader.take(body: octets)
        return refusal == nil
    }
}
