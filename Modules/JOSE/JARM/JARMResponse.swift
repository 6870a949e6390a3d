public import OAuthTypes
public import WireFormats

/// A verified authorization response (JWT Secured Authorization Response Mode §2.1). Only
/// ``JARMResponseVerifier`` makes one.
///
/// The signature says who answered and to which client, not in which browser the login began: ``state`` has to be
/// compared with the one that this browser's login was started with, as without a signature.
public struct JARMResponse: Sendable {
    /// What the authorization endpoint decided.
    public enum Outcome: Sendable {
        /// It granted a code.
        case code(AuthorizationCode)
        /// It refused.
        case error(OAuthErrorResponse)
    }

    /// Who answered.
    public let issuer: Issuer
    /// What was decided; never both, never neither.
    public let outcome: Outcome
    /// The state of the authorization request; nil when the response has none.
    public let state: String?
    /// When the response ends (`exp`).
    public let expiresAt: UnixTime
    private let scanned: ScannedObject

    init(
        issuer: Issuer, outcome: Outcome, state: String?, expiresAt: UnixTime, scanned: ScannedObject
    ) {
        self.issuer = issuer
        self.outcome = outcome
        self.state = state
        self.expiresAt = expiresAt
        self.scanned = scanned
    }

    /// All parameters of the response together with the JWT's own claims; each use reads them anew.
    public var parameters: JSONObject { scanned.object }

    /// The text of one parameter, such as `session_state`; nil when it is missing or no string.
    public func string(_ name: String) -> String? {
        scanned.member(name).flatMap(scanned.text)
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

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
