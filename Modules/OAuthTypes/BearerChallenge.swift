/// One `WWW-Authenticate` challenge of the Bearer scheme (RFC 6750 §3, RFC 9110 §11.6.1).
public struct BearerChallenge: Hashable, Sendable {
    /// Error codes of RFC 6750 §3.1 and RFC 9470 §3.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code as it goes over the wire.
        public let text: String

        /// Creates a code.
        public init(_ text: String) { self.text = text }

        /// The request is malformed: 400.
        public static let invalidRequest = Code("invalid_request")
        /// The token is expired, revoked, malformed or not for this API: 401.
        public static let invalidToken = Code("invalid_token")
        /// The token lacks a scope: 403.
        public static let insufficientScope = Code("insufficient_scope")

        /// The code.
        public var description: String { text }
    }

    /// The protection space.
    public var realm: String?
    /// Why the request was refused; nil when it carried no credentials.
    public var error: Code?
    /// An explanation for developers.
    public var errorDescription: String?
    /// The required scope.
    public var scope: Scope?

    /// Creates a challenge.
    public init(realm: String? = nil, error: Code? = nil, errorDescription: String? = nil, scope: Scope? = nil) {
        self.realm = realm
        self.error = error
        self.errorDescription = errorDescription
        self.scope = scope
    }

    /// The field value: the scheme and its parameters as quoted strings.
    public var fieldValue: String {
        let parameters = [
            ("realm", realm), ("error", error?.text), ("error_description", errorDescription),
            ("scope", scope?.description),
        ]
        let written = parameters.compactMap { name, value in
            value.map { "\(name)=\"\(BearerChallenge.quotable($0))\"" }
        }
        return written.isEmpty ? "Bearer" : "Bearer " + written.joined(separator: ", ")
    }

    // RFC 6750 §3: error and error_description exclude '"' and '\', so nothing ever needs escaping.
    private static func quotable(_ text: String) -> String {
        let kept = text.utf8.filter {
            (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
