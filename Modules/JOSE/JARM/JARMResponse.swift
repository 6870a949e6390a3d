public import OAuthTypes
public import WireFormats

/// A verified JARM response (JWT Secured Authorization Response Mode §2.1). Only ``JARMResponseVerifier`` creates one.
///
/// The signature says which issuer answered and to which client, not in which browser the login started: compare
/// ``state`` with that of this browser's login, as in an unsigned authorization response.
public struct JARMResponse: Sendable {
    /// The decision of the authorization endpoint.
    public enum Outcome: Sendable {
        /// It granted a code.
        case code(AuthorizationCode)
        /// It refused with an error.
        case error(OAuthErrorResponse)
    }

    /// The issuer.
    public let issuer: Issuer
    /// The decision: a code or an error, never both.
    public let outcome: Outcome
    /// The state of the authorization request; nil when the response has none.
    public let state: String?
    /// When the response expires (`exp`).
    public let expiresAt: UnixTime
    /// The accepted deviations of the response.
    public let deviations: [ProviderDeviation]
    private let scanned: Claims

    init(
        issuer: Issuer, outcome: Outcome, state: String?, expiresAt: UnixTime, deviations: [ProviderDeviation],
        claims: Claims
    ) {
        self.issuer = issuer
        self.outcome = outcome
        self.state = state
        self.expiresAt = expiresAt
        self.deviations = deviations
        scanned = claims
    }

    /// All parameters of the response together with the JWT's own claims; each access reads them again.
    public var parameters: JSONObject { scanned.object }

    /// The text of one parameter, such as `session_state`; nil if it is missing or not a string.
    public func string(_ name: String) -> String? {
        scanned.string(name)
    }
}

extension JARMResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The issuer and an error; code and state are secrets.
    public var description: String {
        switch outcome {
        case .code: "authorization response of \(issuer) with a code"
        case .error(let error): "authorization response of \(issuer): \(error)"
        }
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children, so that `dump` shows no content.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
