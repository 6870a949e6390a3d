/// An error response of an authorization server (RFC 6749 §4.1.2.1 and §5.2), cut to what the standard allows.
public struct OAuthErrorResponse: Hashable, Sendable, CustomStringConvertible {
    /// The error code, such as `invalid_grant`.
    public let error: String
    /// The server's explanation for developers, if any. It is untrusted text: escape it wherever it is shown.
    public let errorDescription: String?
    /// A page with more about the error, if the server names one. It is untrusted text: show it, never fetch or link
    /// it.
    public let errorURI: String?

    /// Creates an error from its code, its description and the address of a page about it.
    ///
    /// Characters outside RFC 6749 Appendix A.7 to A.9 are dropped, and the texts are cut at 64, 256 and 256 octets.
    public init(error: String, errorDescription: String? = nil, errorURI: String? = nil) {
        let kept = OAuthErrorResponse.sanitized(error, limit: 64)
        self.error = kept.isEmpty ? "unnamed_error" : kept
        self.errorDescription = errorDescription.map { OAuthErrorResponse.sanitized($0, limit: 256) }
        self.errorURI = errorURI.map { OAuthErrorResponse.sanitized($0, limit: 256) }
    }

    /// Error code, description and address in one line, for the operator's log.
    public var diagnosis: String {
        let words = errorDescription.flatMap { $0.isEmpty ? nil : " (the provider's words: '\($0)')" } ?? ""
        return error + words + (errorURI.flatMap { $0.isEmpty ? nil : ", see '\($0)'" } ?? "")
    }

    /// The code alone: the server's description is untrusted text and may repeat what was sent.
    public var description: String { error }

    private static func sanitized(_ text: String, limit: Int) -> String {
        let allowed = text.utf8.lazy.filter {
            (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        return String(decoding: Array(allowed.prefix(limit)), as: UTF8.self)
    }
}
