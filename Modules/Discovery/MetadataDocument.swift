import OAuthTypes
import WireFormats

/// Reads a discovery document (OpenID Connect Discovery §3 and §4.3) by the table at ``ProviderMetadata``.
struct MetadataDocument {
    private var members: MetadataMembers
    private let plaintext: PlaintextHTTP

    init(_ document: DocumentFetch.Document, allowing plaintext: PlaintextHTTP) throws(DiscoveryError) {
        do {
            members = MetadataMembers(try JSONReader.object(document.text), deviations: document.deviations)
        } catch { throw .malformed }
        self.plaintext = plaintext
    }

    /// The metadata, if the document is for `issuer`, or for the issuers of `template`.
    mutating func metadata(
        of issuer: Issuer, publishing template: IssuerTemplate? = nil
    ) throws(DiscoveryError) -> ProviderMetadata {
        try requireIssuer(issuer, publishing: template)
        var metadata = ProviderMetadata(
            issuer: issuer, authorizationEndpoint: try required("authorization_endpoint"),
            tokenEndpoint: try required("token_endpoint"), jwksURI: try required("jwks_uri"),
            idTokenSigningAlgValuesSupported: members.strictList("id_token_signing_alg_values_supported") ?? ["RS256"],
            document: members.object)
        metadata.responseTypesSupported = try responseTypes()
        readEndpoints(into: &metadata)
        readAdvice(into: &metadata)
        readDemands(into: &metadata)
        metadata.deviations = members.deviations
        return metadata
    }

    private mutating func readEndpoints(into metadata: inout ProviderMetadata) {
        metadata.userinfoEndpoint = members.endpoint("userinfo_endpoint", allowing: plaintext)
        metadata.endSessionEndpoint = members.endpoint("end_session_endpoint", allowing: plaintext)
        metadata.revocationEndpoint = members.endpoint("revocation_endpoint", allowing: plaintext)
        metadata.pushedAuthorizationRequestEndpoint = members.endpoint(
            "pushed_authorization_request_endpoint", allowing: plaintext)
        metadata.mtlsEndpointAliases = members.aliases(allowing: plaintext)
    }

    private mutating func readAdvice(into metadata: inout ProviderMetadata) {
        metadata.scopesSupported = members.list("scopes_supported", separator: " ")
        metadata.claimsSupported = members.list("claims_supported")
        metadata.responseModesSupported = members.list("response_modes_supported")
        metadata.grantTypesSupported = members.list("grant_types_supported")
        metadata.promptValuesSupported = members.list("prompt_values_supported")
        metadata.tokenEndpointAuthMethodsSupported = members.list("token_endpoint_auth_methods_supported")
    }

    private mutating func readDemands(into metadata: inout ProviderMetadata) {
        metadata.userinfoSigningAlgValuesSupported = members.strictList("userinfo_signing_alg_values_supported")
        metadata.dpopSigningAlgValuesSupported = members.strictList("dpop_signing_alg_values_supported")
        metadata.authorizationSigningAlgValuesSupported = members.strictList(
            "authorization_signing_alg_values_supported")
        metadata.codeChallengeMethodsSupported = members.strictList("code_challenge_methods_supported")
        metadata.authorizationResponseIssParameterSupported = members.demand(
            "authorization_response_iss_parameter_supported")
        metadata.requiresPushedAuthorizationRequests = members.demand("require_pushed_authorization_requests")
        metadata.requiresSignedRequestObject = members.demand("require_signed_request_object")
        metadata.tlsClientCertificateBoundAccessTokens = members.demand("tls_client_certificate_bound_access_tokens")
    }

    private mutating func responseTypes() throws(DiscoveryError) -> [String]? {
        let name = "response_types_supported"
        let types = members.list(name)
        guard let types, !types.contains("code") else { return types }
        // A string is not a list, so it does not say what is missing from one.
        guard members.object[name]?.arrayValue != nil else { return nil }
        throw .codeFlowUnsupported
    }

    private mutating func requireIssuer(
        _ issuer: Issuer, publishing template: IssuerTemplate?
    ) throws(DiscoveryError) {
        guard let value = members.value("issuer") else { throw .missing("issuer") }
        guard let published = value.stringValue else { throw .invalid("issuer") }
        if let template {
            guard published.utf8.elementsEqual(template.text.utf8) else {
                throw .templateMismatch(expected: template, published: published.printable(upTo: 256))
            }
            return
        }
        guard published.utf8.elementsEqual(issuer.text.utf8) else {
            throw .issuerMismatch(configured: issuer, published: published.printable(upTo: 256))
        }
    }

    private mutating func required(_ name: String) throws(DiscoveryError) -> EndpointURL {
        guard let value = members.value(name) else { throw .missing(name) }
        guard let text = value.stringValue else { throw .invalid(name) }
        do { return try EndpointURL(text, allowing: plaintext) } catch { throw .endpoint(name, error) }
    }
}
