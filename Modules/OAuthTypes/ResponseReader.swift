/// Reads the header lines and the body of a response to HTTP/1.1 and keeps only what cannot be misunderstood. For transports.
package struct ResponseReader {
    /// How far the response has come.
    package enum Progress: Sendable, Hashable {
        case none, head, body
    }

    /// The most octets of header lines, informational responses and trailers included.
    package static let maximumHeaderOctets = 65_536
    /// The most header lines, likewise; an endless row of short ones costs time rather than memory.
    package static let maximumFields = 256

    private enum Stage {
        case statusLine, fields, body
    }

    private let maximumBodyOctets: Int
    private let isBodyExpected: Bool
    private let isCodingRefused: Bool
    private var stage = Stage.statusLine
    private var headerOctets = 0
    private var fieldLines = 0
    private var statusLine = StatusLine(minorVersion: 1, status: 0)
    private var fields: [HeaderField] = []
    private var body: [UInt8] = []

    /// - Parameters:
    ///   - maximumBodyOctets: the largest body, in octets, before and after it is decoded.
    ///   - isBodyExpected: false after `HEAD`, whose `Content-Length` speaks of another body.
    ///   - isCodingRefused: whether content codings other than one `gzip` are refused.
    package init(maximumBodyOctets: Int, isBodyExpected: Bool = true, isCodingRefused: Bool = true) {
        self.maximumBodyOctets = maximumBodyOctets
        self.isBodyExpected = isBodyExpected
        self.isCodingRefused = isCodingRefused
    }

    /// The response, once its header is complete.
    package var response: TransportResponse? {
        guard stage == .body else { return nil }
        return TransportResponse(status: statusLine.status, fields: fields, body: body)
    }

    /// The content coding of the body; nil when it has none.
    package var contentCoding: String? { hasBody ? fields.contentCoding : nil }

    /// Why a body of which so much has come, not decoded yet, is refused; nil when it may go on.
    package func refusal(ofReceived octets: Int64) -> TransportError.Reason? {
        octets <= maximumBodyOctets ? nil : .bodyTooLarge
    }

    /// How far the response has come.
    package var progress: Progress {
        if headerOctets == 0 { return .none }
        return stage == .body ? .body : .head
    }

    /// Takes a header line with its line end.
    /// - Returns: why the response is refused; nil when it may go on.
    package mutating func take(line: [UInt8]) -> TransportError.Reason? {
        headerOctets += line.count
        guard headerOctets <= ResponseReader.maximumHeaderOctets else { return .fieldsTooLarge }
        let content = ResponseReader.withoutLineEnd(line)
        switch stage {
        case .statusLine: return takeStatusLine(content)
        case .fields: return content.isEmpty ? endHead() : takeField(content)
        // A trailer: RFC 9110 §6.5.1 lets a recipient discard it.
        case .body: return countFieldLine()
        }
    }

    /// Takes the next octets of the body.
    /// - Returns: why the response is refused; nil when it may go on.
    package mutating func take(body octets: some Collection<UInt8>) -> TransportError.Reason? {
        guard stage == .body else { return .protocolViolation }
        guard octets.count <= maximumBodyOctets - body.count else { return .bodyTooLarge }
        body.append(contentsOf: octets)
        return nil
    }

    private mutating func takeStatusLine(_ line: ArraySlice<UInt8>) -> TransportError.Reason? {
        // The request asked for no other protocol, so 101 makes no sense.
        guard let parsed = StatusLine(line), parsed.status != 101 else { return .protocolViolation }
        statusLine = parsed
        fields = []
        stage = .fields
        return nil
    }

    private mutating func takeField(_ line: ArraySlice<UInt8>) -> TransportError.Reason? {
        if let refusal = countFieldLine() { return refusal }
        guard let field = HeaderField(line: line) else { return .protocolViolation }
        fields.append(field)
        return nil
    }

    private mutating func countFieldLine() -> TransportError.Reason? {
        fieldLines += 1
        return fieldLines <= ResponseReader.maximumFields ? nil : .fieldsTooLarge
    }

    private mutating func endHead() -> TransportError.Reason? {
        guard statusLine.status >= 200 else {
            stage = .statusLine
            return nil
        }
        guard let framing = Framing(fields, minorVersion: statusLine.minorVersion) else { return .protocolViolation }
        stage = .body
        if isCodingRefused, let coding = contentCoding, !["gzip", "x-gzip"].contains(coding.lowercased()) {
            return .contentCoding(coding)
        }
        guard case .length(let length) = framing, hasBody else { return nil }
        return length <= maximumBodyOctets ? nil : .bodyTooLarge
    }

    private var hasBody: Bool { isBodyExpected && statusLine.status != 204 && statusLine.status != 304 }

    // RFC 9112 §2.2: a single LF may end a line.
    private static func withoutLineEnd(_ line: [UInt8]) -> ArraySlice<UInt8> {
        var content = line[...]
        if content.last == UInt8(ascii: "\n") { content = content.dropLast() }
        if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
        return content
    }
}
