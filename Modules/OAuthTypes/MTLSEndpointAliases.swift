/// Where a client sends requests over connections with its certificate, if not to the usual endpoints (RFC 8705 §5).
public struct MTLSEndpointAliases: Sendable, Hashable {
    /// The token endpoint.
    public var tokenEndpoint: EndpointURL?
    /// The revocation endpoint.
    public var revocationEndpoint: EndpointURL?
    /// The pushed authorization request endpoint.
    public var pushedAuthorizationRequestEndpoint: EndpointURL?
    /// The UserInfo endpoint.
    public var userinfoEndpoint: EndpointURL?

    /// Creates aliases; none are known until set.
    public init() {}
}

extension ProviderMetadata {
    /// The metadata with the aliases in place of the endpoints that have one: what a client with a certificate uses.
    public var overMutualTLS: ProviderMetadata {
        var metadata = self
        metadata.tokenEndpoint = mtlsEndpointAliases.tokenEndpoint ?? tokenEndpoint
        metadata.revocationEndpoint = mtlsEndpointAliases.revocationEndpoint ?? revocationEndpoint
        metadata.pushedAuthorizationRequestEndpoint =
            mtlsEndpointAliases.pushedAuthorizationRequestEndpoint ?? pushedAuthorizationRequestEndpoint
        metadata.userinfoEndpoint = mtlsEndpointAliases.userinfoEndpoint ?? userinfoEndpoint
        return metadata
    }
}
