public import OAuthTypes

/// Why there is no provider metadata. Of the document it contains only the issuer.
@nonexhaustive
public enum DiscoveryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The issuer is too long for the path of the document.
    case url(IdentifierError)
    /// No response.
    case transport(TransportError)
    /// The provider redirected to another origin, or a second time. The target is untrusted text without its query, cut
    /// to 256 octets of printable ASCII.
    case redirected(status: Int, to: String?)
    /// A status without a document.
    case status(Int)
    /// A page instead of a document: its media type, at most 64 octets.
    case contentType(String)
    /// The document is not one strict JSON object.
    case malformed
    /// A required member is missing.
    case missing(String)
    /// A member has the wrong type.
    case invalid(String)
    /// A member is not a usable URL; all endpoints need `https`.
    case endpoint(String, IdentifierError)
    /// The document is for another issuer (OpenID Connect Discovery §4.3). The published value is untrusted text, cut
    /// to 256 octets of printable ASCII.
    case issuerMismatch(configured: Issuer, published: String)
    /// The document of a provider with an issuer per tenant names another template, or one tenant's issuer. The
    /// published value is untrusted text, cut likewise.
    case templateMismatch(expected: IssuerTemplate, published: String)
    /// The provider does not support the authorization code flow.
    case codeFlowUnsupported
    /// Earlier attempts failed for a temporary reason; the next one has to wait up to a minute.
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
        case .issuerMismatch, .templateMismatch: "discovery_issuer_mismatch"
        case .codeFlowUnsupported: "discovery_code_flow"
        case .unavailable: "discovery_unavailable"
        }
    }

    /// Whether waiting may help.
    package var mayPass: Bool {
        switch self {
        case .transport(let failure): failure.reason.mayPass
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
        case .redirected(let status, let target): DiscoveryError.redirect(status, to: target)
        case .status(let status): "the metadata address answered \(status)\(DiscoveryError.advice(status))"
        case .contentType(let type):
            "the metadata address answered with a page ('\(type)') instead of JSON: check the issuer (LOGIN_ISSUER) and "
                + "whether a proxy or a portal stands in between"
        case .malformed: "the provider's metadata is not one strict JSON object"
        case .missing(let member):
            "the provider's metadata lacks '\(member)'; where the provider publishes none, give the metadata by hand "
                + "(.fixed)"
        case .invalid(let member): "the provider's metadata has a '\(member)' of the wrong type"
        case .endpoint(let member, let fault): "the provider's '\(member)' cannot be used: \(fault)"
        case .issuerMismatch(let configured, let published):
            DiscoveryError.mismatch(configured: configured.text, published: published)
        case .templateMismatch(let expected, let published):
            "expected the issuer template '\(expected)', found '\(published)' in the metadata. Where that is the issuer of "
                + "one tenant, set this tenant alone as the provider's"
        case .codeFlowUnsupported: "the provider does not support response_type=code"
        case .unavailable:
            "the provider's metadata could not be fetched lately; the next attempt follows within a minute"
        }
    }

    private static func redirect(_ status: Int, to target: String?) -> String {
        let place = target.map { " to '\($0)'" } ?? ""
        return
            "the metadata address answered with a redirect (\(status))\(place), which is not followed: only one is, and "
            + "only within the same origin. If the provider's own manual names that address, set it as the document's "
            + "(LOGIN_METADATA_URL, .document(at:issuer:))"
    }

    private static func advice(_ status: Int) -> String {
        guard status < 500, status != 429 else { return "" }
        return
            ": check the issuer (LOGIN_ISSUER); where the provider publishes its metadata at another address than the "
            + "issuer's, set that address as the document's (LOGIN_METADATA_URL, .document(at:issuer:))"
    }

    private static func mismatch(configured: String, published: String) -> String {
        let isSlash = published == configured + "/" || configured == published + "/"
        let difference = isSlash ? "; they differ in the trailing slash, which counts" : ""
        return "expected the issuer '\(configured)', found '\(published)' in the metadata\(difference). Look up in the "
            + "provider's manual or console which one is yours. If the one that is configured is wrong, correct it "
            + "(LOGIN_ISSUER). If the provider publishes this document at an address of its own for several issuers, keep "
            + "that address as the document's and set the issuer apart from it (LOGIN_METADATA_URL, "
            + ".document(at:issuer:)). Otherwise another server answers there"
    }
}

extension DiscoveryError {
    init(_ failure: DocumentFetchError) {
        switch failure {
        case .transport(let failure): self = .transport(failure)
        case .redirected(let status, let target): self = .redirected(status: status, to: target)
        case .status(let status): self = .status(status)
        case .contentType(let type): self = .contentType(type)
        }
    }
}
