/// A way in which a response of the provider deviates from the standards and was accepted all the same.
///
/// No deviation that affects security is ever accepted this way. Each deviation is one `provider.deviation` event, so
/// that an operator can see what a login depends on.
public struct ProviderDeviation: Hashable, Sendable, CustomStringConvertible {
    /// What deviated.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        /// The provider's metadata (OpenID Connect Discovery §3).
        case metadata
        /// The provider's JWK set (RFC 7517 §5).
        case keySet = "jwks"
        /// A response of the token endpoint (RFC 6749 §5).
        case tokenResponse = "token_response"
        /// An ID token (OpenID Connect Core §2).
        case idToken = "id_token"
        /// A response of the UserInfo endpoint (OpenID Connect Core §5.3.2).
        case userInfo = "userinfo"
        /// The authorization response (RFC 6749 §4.1.2).
        case authorizationResponse = "authorization_response"
        /// Which requests the provider accepts.
        case request
    }

    /// What deviated.
    public let source: Source
    /// The member, claim, parameter or header that deviated, such as `expires_in`; nil for the whole document. At most
    /// 64 octets of printable ASCII.
    public let member: String?
    /// How it deviated and how it was read, in a fixed text, such as `a number in quotes`.
    public let form: String

    /// Creates a deviation.
    /// - Parameters:
    ///   - source: what deviated.
    ///   - member: which member of it; untrusted text is cut to 64 octets of printable ASCII.
    ///   - form: how; never untrusted text.
    public init(_ source: Source, _ member: String? = nil, form: StaticString) {
        self.source = source
        self.member = member?.printable(upTo: 64)
        self.form = form.description
    }

    /// Source, member and form, such as `token_response expires_in: a number in quotes`.
    public var description: String {
        "\(source.rawValue)\(member.map { " " + $0 } ?? ""): \(form)"
    }
}

extension [ProviderDeviation] {
    /// The maximum number of deviations of one document.
    package static let limit = 32

    /// Records a deviation once, and no more than ``limit`` of them.
    package mutating func note(_ deviation: ProviderDeviation) {
        guard count < Self.limit, !contains(deviation) else { return }
        append(deviation)
    }
}
