/// Why a login cannot start: a mistake in the configuration or in a hook.
@nonexhaustive
public enum AuthorizationRequestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An extra parameter that the flow writes itself or that has a property.
    case reservedParameter(String)
    /// An extra parameter given twice.
    case repeatedParameter(String)
    /// The authorization endpoint's own query contains a parameter that the flow writes or that changes how the
    /// response is sent.
    case endpointQuery(String)
    /// `prompt` holds `none` together with another value (OpenID Connect Core §3.1.2.1), an empty value or one
    /// with a space.
    case prompt
    /// `max_age` is negative.
    case maxAge
    /// A value of `acr_values` or `ui_locales` is empty or holds a space, or `acr_values` passes 512 octets.
    case listValue(String)
    /// A resource is no absolute URI without a fragment, or there are more than 16 (RFC 8707 §2).
    case resource
    /// An element of `authorization_details` has no type (RFC 9396 §2).
    case authorizationDetails
    /// A value is empty, longer than 512 octets or not printable ASCII; the name of its parameter.
    case value(String)
    /// An invitation without the organization that it is for.
    case invitationWithoutOrganization
    /// The correlation ID is empty, longer than 64 octets or not printable ASCII without spaces.
    case correlationID
    /// The URL would pass 16,384 octets.
    case tooLong

    /// What to change.
    public var description: String {
        switch self {
        case .reservedParameter(let name):
            "the parameter '\(name)' is written by the login flow or has a property of its own"
        case .repeatedParameter(let name): "the parameter '\(name)' is given twice"
        case .endpointQuery(let name):
            "the authorization endpoint's own query holds '\(name)', which is for the login flow alone; "
                + "set the endpoint without it"
        case .prompt: "prompt values are single words, and 'none' stands alone"
        case .maxAge: "max_age must be 0 or more"
        case .listValue(let name): "\(name) holds an empty value or one with a space, or is too long"
        case .resource: "resources are at most 16 absolute URIs without a fragment, such as https://api.example/"
        case .authorizationDetails: "every element of authorization_details needs a 'type'"
        case .value(let name): "\(name) must be 1 to 512 octets of printable ASCII"
        case .invitationWithoutOrganization: "an invitation goes out with its organization only: set both"
        case .correlationID: "the correlation ID must be 1 to 64 printable ASCII characters without spaces"
        case .tooLong: "the authorization URL would be longer than 16,384 octets"
        }
    }
}
