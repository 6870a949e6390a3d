public import OAuthTypes

/// Checks the laws of transports on any transport, with any test framework:
///
/// ```swift
/// @Test(arguments: HTTPTransportLaw.allCases)
/// func keeps(_ law: HTTPTransportLaw) async throws {
///     try await HTTPTransportKit().check(law) { MyTransport() }
/// }
/// ```
///
/// Each check starts a server of its own on a loopback port and stops it. The servers are Python programs, and their
/// certificates come from OpenSSL: `python3` and `openssl` have to be on PATH, and the checkout of this package has to be
/// where it was when the tests were built.
public struct HTTPTransportKit: Sendable {
    /// How long a peer that does not answer is waited for.
    public var patience: Duration

    /// A kit that waits 1.5 seconds for peers that do not answer.
    public init(patience: Duration = .milliseconds(1500)) { self.patience = patience }

    /// Checks one law of all transports.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - makeTransport: gives a transport that may send to loopback over `http`; it may be the same one each time.
    /// - Throws: an error whose text has the law, what it expects and what was found; a closure that throws violates the law
    ///   too.
    @concurrent
    public func check(
        _ law: HTTPTransportLaw, on makeTransport: @Sendable () async throws -> any HTTPTransport
    ) async throws {
        try await judge(law.rawValue) { checker in try await checker.check(law, on: try await makeTransport()) }
    }

    /// Checks one law of transports that speak TLS.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - makeTransport: gives a transport that trusts the certificate authorities in this PEM file and no others; nil for
    ///     the system's authorities.
    /// - Throws: an error whose text has the law, what it expects and what was found.
    @concurrent
    public func check(
        _ law: TLSTransportLaw, on makeTransport: @Sendable (_ caFile: String?) async throws -> any HTTPTransport
    ) async throws {
        try await judge(law.rawValue) { checker in try await checker.check(law, on: makeTransport) }
    }

    /// Checks one law of transports with a proxy.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - makeTransport: gives a transport that goes through the HTTP proxy at this port of 127.0.0.1.
    /// - Throws: an error whose text has the law, what it expects and what was found.
    @concurrent
    public func check(
        _ law: ProxiedTransportLaw, on makeTransport: @Sendable (_ proxyPort: UInt16) async throws -> any HTTPTransport
    ) async throws {
        try await judge(law.rawValue) { checker in try await checker.check(law, on: makeTransport) }
    }

    /// Checks one law of transports that limit their connections.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - makeTransport: gives a transport of its own that has this many connections at the same time and no more.
    /// - Throws: an error whose text has the law, what it expects and what was found.
    @concurrent
    public func check(
        _ law: BoundedTransportLaw,
        on makeTransport: @Sendable (_ maximumConnections: Int) async throws -> any HTTPTransport
    ) async throws {
        try await judge(law.rawValue) { checker in try await checker.check(law, on: try await makeTransport(1)) }
    }

    /// Checks one law of transports that can be shut down.
    /// - Parameters:
    ///   - law: the law to check.
    ///   - close: shuts a transport down and returns when that is done.
    ///   - makeTransport: gives a transport of its own.
    /// - Throws: an error whose text has the law, what it expects and what was found.
    @concurrent
    public func check<Transport: HTTPTransport>(
        _ law: ClosableTransportLaw, closing close: @Sendable (Transport) async throws -> Void,
        on makeTransport: @Sendable () async throws -> Transport
    ) async throws {
        try await judge(law.rawValue) { checker in
            let transport = try await makeTransport()
            try await checker.check(law, on: transport) { try await close(transport) }
        }
    }

    private func judge(
        _ law: String, _ body: (TransportLawChecker) async throws -> Void
    ) async throws(HTTPTransportLawError) {
        do {
            try await body(TransportLawChecker(law: law, patience: patience))
        } catch let violation as HTTPTransportLawError {
            throw violation
        } catch {
            throw HTTPTransportLawError(law: law, expectation: "the check runs without an error", found: "\(error)")
        }
    }
}
