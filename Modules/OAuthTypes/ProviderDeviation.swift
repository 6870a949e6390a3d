/// A way in which an answer of the provider departs from the standards and was read all the same.
///
/// Nothing that security rests on is ever read this way. Each deviation that was met is one `provider.deviation` event,
/// so that an operator can see what a login rests on.
public struct ProviderDeviation: Hashable, Sendable, CustomStringConvertible {
    /// What departed.
    public enum Source: String, Hashable, Sendable, CaseIterable {
        /// The provider's metadata (OpenID Connect Discovery §3).
        case metadata
        /// The provider's key set (RFC 7517 §5).
        case keySet = "jwks"
        /// An answer of the token endpoint (RFC 6749 §5).
        case tokenResponse = "token_response"
        /// An ID token (OpenID Connect Core §2).
        case idToken = "id_token"
        /// An answer of the UserInfo endpoint (OpenID Connect Core §5.3.2).
        case userInfo = "userinfo"
        /// What the browser brought back from the provider (RFC 6749 §4.1.2).
        case authorizationResponse = "authorization_response"
        /// Which requests the provider takes.
        case request
    }

    /// What departed.
    public let source: Source
    /// The member, claim, parameter or header that departed, such as `expires_in`; nil when it is the whole document.
    /// At most 64 octets of printable ASCII.
    public let member: String?
    /// How it departed and what was made of it, in a few words of ours, such as `a number in quotes`.
    public let form: String

    /// Names a deviation.
    /// - Parameters:
    ///   - source: what departed.
    ///   - member: which member of it; foreign text is cut to 64 octets of printable ASCII.
    ///   - form: how; never foreign text.
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
    /// The most that one document tells of.
    package static let limit = 32

    /// Notes a deviation once, and no more than ``limit`` of them.
    package mutating func note(_ deviation: ProviderDeviation) {
        guard count < Self.limit, !contains(deviation) else { return }
        append(deviation)
    }
}
