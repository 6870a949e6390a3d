/// What is wrong with a text that should have named something in the protocol: a URL, a path, a client, a key. Never holds
/// the text.
public enum IdentifierError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that a URL breaks.
    public enum URLRule: Hashable, Sendable {
        /// Empty, longer than 2,048 octets, or with a character that no URL has (space, control, backslash, non-ASCII).
        case characters
        /// Neither `https` nor an `http` URL that is allowed.
        case scheme
        /// A user name or password before the host.
        case userInformation
        /// No host, or one that is neither a name, an IPv4 address nor a bracketed IPv6 address.
        case host
        /// A port outside 1…65535.
        case port
        /// A fragment, which endpoints must not have (RFC 6749 §3.1).
        case fragment
        /// A query where none is allowed.
        case query
    }

    /// The rule that a path behind a base URL breaks.
    @nonexhaustive
    public enum PathRule: Hashable, Sendable {
        /// A character that a path does not have: `?`, `#`, `\`, a space, a control character, anything outside ASCII.
        case characters
        /// `%` without two hexadecimal digits, or octets that are not UTF-8 text.
        case escape
        /// Two slashes in a row, or a segment without a character.
        case emptySegment
        /// `.` or `..`, written plainly or percent-encoded.
        case dotSegment
        /// The base URL has a query.
        case baseHasQuery
        /// The URL would pass 2,048 octets.
        case tooLong
    }

    /// The text is no URL that may be used.
    case url(URLRule)
    /// The path cannot be put behind a base URL.
    case path(PathRule)
    /// The text is no identifier of this kind, such as `client_id`. The rule is the one that it breaks.
    case text(kind: String, rule: String)

    /// What to write instead.
    public var description: String {
        switch self {
        case .url(let rule): rule.words
        case .path(let rule): rule.words
        case .text(let kind, let rule): "invalid \(kind): \(rule)"
        }
    }
}

extension IdentifierError.URLRule {
    fileprivate var words: String {
        switch self {
        case .characters: "the URL holds characters that a URL cannot have, is empty, or is longer than 2,048 octets"
        case .scheme: "the URL must begin with https:// (http:// is for loopback hosts in development only)"
        case .userInformation: "the URL must not hold a user name or password"
        case .host: "the URL has no valid host"
        case .port: "the port must be between 1 and 65535"
        case .fragment: "the URL must not have a #fragment"
        case .query: "the URL must not have a ?query"
        }
    }
}

extension IdentifierError.PathRule {
    fileprivate var words: String {
        switch self {
        case .characters:
            "the path holds a character that a path cannot have; a query is given apart, segments by themselves"
        case .escape: "the path holds a % that does not begin an escape of UTF-8 text"
        case .emptySegment: "the path has an empty segment"
        case .dotSegment: "the path has a . or .. segment"
        case .baseHasQuery: "the base URL must not have a query"
        case .tooLong: "the URL would be longer than 2,048 octets"
        }
    }
}
