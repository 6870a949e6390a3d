public import OAuthTypes
import WireFormats

/// The authorization response as the browser carried it to the callback (RFC 6749 §4.1.2). Nothing in it is trusted
/// until ``PendingLogin/judge(_:at:)`` has validated it.
public struct AuthorizationResponse: Sendable, CustomStringConvertible, CustomReflectable {
    /// The `state`; nil when it is missing or empty. It leads to the login's cookie:
    /// ``PendingLogin/cookieTag(forState:)``.
    public let state: String?
    /// The error, if there is one, whatever else is present. Until the state is validated, anyone may have written it.
    public let error: OAuthErrorResponse?
    /// Deviations from the standards that were accepted: an explanation that is not form-encoded UTF-8.
    public let deviations: [ProviderDeviation]
    /// Whether the provider signed it and the signature was verified.
    public let isSigned: Bool
    let code: String?
    let issuer: String?

    // For display only, so an invalid value affects nothing else.
    private static let shown: Set<String> = ["error_description", "error_uri"]

    /// Reads the query of a GET, without its `?`.
    /// - Throws: ``AuthorizationResponseValidationError/malformed(_:)`` or ``AuthorizationResponseValidationError/duplicateParameter(_:)``.
    public init(query: String) throws(AuthorizationResponseValidationError) {
        // Counting first keeps an oversized text from being copied.
        guard query.utf8.count <= FormLimits.standard.octets else { throw .malformed(.tooLong) }
        try self.init(form: Array(query.utf8))
    }

    /// A response whose signature was verified and whose parameters came out of it (JWT Secured Authorization Response Mode).
    package init(verifiedBy issuer: Issuer, state: String?, code: AuthorizationCode?, error: OAuthErrorResponse?) {
        self.state = state.flatMap { $0.isEmpty ? nil : $0 }
        self.code = code?.exposedText
        self.error = error
        self.issuer = issuer.text
        isSigned = true
        deviations = []
    }

    /// Reads the form of a POST (OAuth 2.0 Form Post Response Mode).
    /// - Throws: ``AuthorizationResponseValidationError/malformed(_:)`` or ``AuthorizationResponseValidationError/duplicateParameter(_:)``.
    public init(form: [UInt8]) throws(AuthorizationResponseValidationError) {
        let fields: [FormField]
        let damaged: [String]
        do { (fields, damaged) = try FormEncoding.decode(form, showing: AuthorizationResponse.shown) } catch {
            throw .malformed(AuthorizationResponse.fault(error))
        }
        isSigned = false
        state = try AuthorizationResponse.only("state", in: fields).flatMap { $0.isEmpty ? nil : $0 }
        code = try AuthorizationResponse.only("code", in: fields).flatMap { $0.isEmpty ? nil : $0 }
        issuer = try AuthorizationResponse.only("iss", in: fields)
        // An error counts even if it is empty: nothing that contains one may be read as a success.
        let error = try AuthorizationResponse.only("error", in: fields)
        let explanation = fields.first { $0.name == "error_description" }?.value
        let page = fields.first { $0.name == "error_uri" }?.value
        self.error = error.map { OAuthErrorResponse(error: $0, errorDescription: explanation, errorURI: page) }
        deviations = damaged.reduce(into: []) {
            $0.note(
                ProviderDeviation(.authorizationResponse, $1, form: "not form-encoded UTF-8, shown as far as it is"))
        }
    }

    /// The type alone: state and code are secrets.
    public var description: String { "AuthorizationResponse" }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    private static func only(_ name: String, in fields: [FormField]) throws(AuthorizationResponseValidationError)
        -> String?
    {
        let found = fields.filter { $0.name.hasSameOctets(as: name) }
        guard found.count <= 1 else { throw .duplicateParameter(name) }
        return found.first?.value
    }

    private static func fault(_ error: FormError) -> AuthorizationResponseValidationError.Fault {
        switch error {
        case .tooLong, .tooManyFields: .tooLong
        case .malformedEscape, .invalidUTF8: .encoding
        }
    }
}

extension AuthorizationResponse {
    /// Why a response without `state` is refused, with its error if it has one.
    public var refusalWithoutState: AuthorizationResponseValidationError {
        error.map(AuthorizationResponseValidationError.errorWithoutState) ?? .missingState
    }
}
