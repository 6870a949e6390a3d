public import OAuthTypes

/// Why there is no provider metadata. Holds no more of the document than its issuer.
@nonexhaustive
public enum DiscoveryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The issuer leaves no room for the path of the document.
    case url(InvalidURL)
    /// No response.
    case transport(TransportFailure)
    /// The provider answered with a redirect, which is never followed.
    case redirected(status: Int)
    /// Some status other than 200.
    case status(Int)
    /// The document is not `application/json` but this: at most 64 octets, empty when the server named no type.
    case contentType(String)
    /// The document is not one strict JSON object.
    case malformed
    /// A required member is missing.
    case missing(String)
    /// A member has the wrong type.
    case invalid(String)
    /// A member is no URL that may be used; all endpoints need `https`.
    case endpoint(String, InvalidURL)
    /// The document is about another issuer (OpenID Connect Discovery §4.3). The published value is foreign text, cut
    /// to 256 octets of printable ASCII.
    case issuerMismatch(configured: Issuer, published: String)
    /// The provider does not know the authorization code flow.
    case codeFlowUnsupported
    /// Earlier attempts failed for a reason that may pass; the next one has to wait up to a minute.
    case unavailable

    /// A name for logs, metrics and branches that never changes.
    public var code: String {
        switch self {
        case .url: "discovery_url"
        case .transport: "discovery_transport"
        case .redirected: "discovery_redirected"
        case .status: "discovery_status"
        case .contentType: "discovery_content_type"
        case .malformed: "discovery_malformed"
        case .missing: "discovery_member_missing"
        case .invalid: "discovery_member_invalid"
        case .endpoint: "discovery_endpoint"
        case .issuerMismatch: "discovery_issuer_mismatch"
        case .codeFlowUnsupported: "discovery_code_flow"
        case .unavailable: "discovery_unavailable"
        }
    }

    /// Whether waiting may help.
    package var mayPass: Bool {
        switch self {
        case .transport(let failure): failure.reason != .tls
        case .status(let status): status >= 500 || status == 429
        case .unavailable: true
        default: false
        }
    }

    /// What happened, and what to change.
    public var description: String {
        switch self {
        case .url(let fault): "the issuer leads to no usable address of its metadata: \(fault)"
        case .transport(let failure): "the provider's metadata could not be fetched: \(failure)"
        case .redirected(let status): "the metadata address answered with a redirect (\(status)), which is not followed"
        case .status(let status):
            "the metadata address answered \(status): check the issuer (LOGIN_ISSUER)"
        case .contentType(let type): "the metadata address answered '\(type)' instead of application/json"
        case .malformed: "the provider's metadata is not a valid JSON object"
        case .missing(let member): "the provider's metadata lacks '\(member)'"
        case .invalid(let member): "the provider's metadata has a '\(member)' of the wrong type"
        case .endpoint(let member, let fault): "the provider's '\(member)' cannot be used: \(fault)"
        case .issuerMismatch(let configured, let published): DiscoveryError.mismatch(configured.text, published)
        case .codeFlowUnsupported: "the provider does not support response_type=code"
        case .unavailable:
            "the provider's metadata could not be fetched lately; the next attempt follows within a minute"
        }
    }

    private static func mismatch(_ configured: String, _ published: String) -> String {
        let isSlash = published == configured + "/" || configured == published + "/"
        let difference = isSlash ? "; they differ in the slash at the end, which counts" : ""
        return "the configured issuer is '\(configured)', the provider's metadata says '\(published)'\(difference). "
            + "If that is your provider, set the issuer (LOGIN_ISSUER) to '\(published)' exactly"
    }
}
