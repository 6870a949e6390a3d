/// Fetches a JSON document that a provider publishes at a fixed address: its metadata or its keys.
///
/// One redirect is followed within the same scheme, host and port, where the rules of a URL apply again. Another
/// redirect, or one to another origin, is a failure that says where it leads. The document may have any 2xx status that
/// carries one, any media type but HTML, and a byte order mark: each of these is a deviation.
package struct DocumentFetch: Sendable {
    /// A fetched document.
    package struct Document: Sendable {
        /// The JSON text, not parsed yet.
        package let text: [UInt8]
        /// Seconds for which it is fresh; nil when the server does not say.
        package let age: Int64?
        /// How the response deviated from the standards.
        package let deviations: [ProviderDeviation]
    }

    private let url: EndpointURL
    private let source: ProviderDeviation.Source
    private let types: [String]
    private let transport: any HTTPTransport
    private let limits: TransportLimits

    /// Prepares to fetch from `url`; nothing is sent yet.
    /// - Parameters:
    ///   - url: where the document is.
    ///   - source: what it is, for its deviations.
    ///   - types: the expected media types, the best first.
    ///   - transport: sends the requests.
    ///   - maximumOctets: the maximum size of the document.
    package init(
        _ url: EndpointURL, of source: ProviderDeviation.Source, types: [String], transport: any HTTPTransport,
        maximumOctets: Int
    ) {
        self.url = url
        self.source = source
        self.types = types
        self.transport = transport
        limits = TransportLimits(maximumBodyOctets: maximumOctets)
    }

    /// Fetches once, with two requests at most.
    package func run() async throws(DocumentFetchError) -> Document {
        var deviations: [ProviderDeviation] = []
        var response = try await get(url)
        if response.isRedirect {
            guard let next = target(of: response) else { throw redirected(response) }
            response = try await get(next)
            guard !response.isRedirect else { throw redirected(response) }
            deviations.note(
                ProviderDeviation(source, form: "a redirect within its origin; set the address it leads to"))
        }
        return try document(response, after: deviations)
    }

    private func document(
        _ response: TransportResponse, after earlier: [ProviderDeviation]
    ) throws(DocumentFetchError) -> Document {
        guard response.carriesContent else { throw .status(response.status) }
        guard !MediaType.isHTML(response.fields) else { throw .contentType(MediaType.essence(response.fields)) }
        let body: JSONBody
        do { body = try JSONBody(response, from: source, expecting: types) } catch { throw .transport(error) }
        var deviations = earlier
        if response.status != 200 { deviations.note(ProviderDeviation(source, form: "a status other than 200")) }
        return Document(
            text: body.text, age: CacheControl.maxAge(response.fields), deviations: deviations + body.deviations)
    }

    private func get(_ url: EndpointURL) async throws(DocumentFetchError) -> TransportResponse {
        let fields = [
            HeaderField("Accept", types.joined(separator: ", ")),
            HeaderField(literal: "Accept-Encoding", value: "identity"),
        ].compactMap(\.self)
        let request = TransportRequest(.get, url, fields: fields, replay: .idempotent)
        do { return try await transport.send(request, within: limits) } catch { throw .transport(error) }
    }

    // RFC 9110 §15.4: the redirects of a GET that lead to the same document elsewhere.
    private func target(of response: TransportResponse) -> EndpointURL? {
        guard [301, 302, 303, 307, 308].contains(response.status) else { return nil }
        guard let location = response.fields.onlyValue(named: "Location"), let next = url.resolving(location)
        else { return nil }
        return next.origin == url.origin ? next : nil
    }

    private func redirected(_ response: TransportResponse) -> DocumentFetchError {
        .redirected(status: response.status, to: response.shownLocation)
    }
}

/// Why there is no document.
package enum DocumentFetchError: Error, Hashable, Sendable {
    /// No response, or one in a content coding.
    case transport(TransportError)
    /// A redirect that is not followed, and where it leads.
    case redirected(status: Int, to: String?)
    /// A status without a document.
    case status(Int)
    /// A page instead of a document.
    case contentType(String)
}
