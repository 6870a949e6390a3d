public import OAuthTypes

/// Sends requests with the system's libcurl: HTTP/1.1, certificates always verified, TLS 1.2 or newer.
///
///     let transport = try CurlTransport()
///     let response = try await transport.send(TransportRequest(.get, url, replay: .idempotent), within: TransportLimits())
///
/// One thread, started by the first request, serves all exchanges of a transport; create one and share it. Every
/// exchange has a connection of its own unless ``CurlConfiguration/connections`` says otherwise.
///
/// A response with ambiguous framing is refused: two different lengths, a length together with a transfer coding, a
/// transfer coding other than `chunked`, a header line that RFC 9112 §5 forbids. Responses with more than 64 KiB or 256
/// lines of header, including informational responses and trailers, are refused; trailers are read and left out.
/// Deinitializing the transport stops its thread.
public final class CurlTransport: HTTPTransport {
    private let loop: EventLoop
    private let addressGuard: AddressGuard

    /// Creates a transport; no connection is opened and no thread is started yet.
    /// - Parameters:
    ///   - configuration: how it reaches servers.
    ///   - certificate: what it shows to servers that ask for a certificate.
    /// - Throws: `TransportError.Reason.unusableSetting` that names the setting.
    public init(
        _ configuration: CurlConfiguration = CurlConfiguration(), certificate: ClientCertificate? = nil
    ) throws(TransportError) {
        try configuration.check()
        guard CurlLibrary.isReady, let multi = MultiHandle(maximumConnections: configuration.maximumConnections) else {
            throw .unusable("libcurl could not be started, or has no TLS")
        }
        addressGuard = configuration.addressGuard
        loop = EventLoop(
            multi: multi, settings: TransferSettings(configuration: configuration, certificate: certificate))
    }

    deinit { loop.close() }

    /// Sends `request`. Fields about the connection or the framing – `Host`, `Content-Length`, `Connection`,
    /// `Transfer-Encoding`, `Expect`, `Upgrade` and similar – are left out, because the transport writes its own; a
    /// `HEAD` request has no body.
    /// - Throws: `TransportError`; cancelling the task ends the exchange with reason `cancelled`, and its connection is
    ///   closed when this returns.
    public func send(
        _ request: TransportRequest, within limits: TransportLimits
    ) async throws(TransportError) -> TransportResponse {
        let host = request.url.origin.host
        if let address = InternetAddress(host: host), !addressGuard.allows(address, for: host) {
            throw TransportError(.addressRefused(host: host, address: address.description), sent: .nothing)
        }
        let exchange = Exchange(request: request, limits: limits)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { loop.submit(EventLoop.Arrival(exchange: exchange, continuation: $0)) }
        } onCancel: {
            exchange.cancel()
            loop.noteCancellation()
        }
        return try outcome.get()
    }

    /// Ends every exchange in progress with reason `unavailable`, closes all connections and stops the thread; returns
    /// when that is done. Later requests fail with reason `unavailable`. Calling it again changes nothing.
    public func shutdown() async {
        loop.close()
        await loop.waitUntilClosed()
    }
}
