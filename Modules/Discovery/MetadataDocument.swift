import OAuthTypes
import WireFormats

/// Reads a discovery document (OpenID Connect Discovery §3 and §4.3). Members that are `null` count as missing.
struct MetadataDocument {
    private let members: JSONObject
    private let plaintext: PlaintextHTTP

    init(_ body: [UInt8], allowing plaintext: PlaintextHTTP) throws(DiscoveryError) {
        do { members = try JSONReader.object(body) } catch { throw .malformed }
        self.plaintext = plaintext
    }

    /// The metadata, once the document has proved to be about `issuer`.
    func metadata(of issuer: Issuer) throws(DiscoveryError) -> ProviderMetadata {
        try requireIssuer(issuer)
        if let types = try strings("response_types_supported"), !types.contains("code") { throw .codeFlowUnsupported }
        var metadata = ProviderMetadata(
            issuer: issuer, authorizationEndpoint: try required("authorization_endpoint"),
            tokenEndpoint: try required("token_endpoint"), jwksURI: try required("jwks_uri"),
            idTokenSigningAlgValuesSupported: try strings("id_token_signing_alg_values_supported") ?? ["RS256"],
            document: members)
        metadata.userinfoEndpoint = try endpoint("userinfo_endpoint")
        metadata.endSessionEndpoint = try endpoint("end_session_endpoint")
        metadata.revocationEndpoint = try endpoint("revocation_endpoint")
        metadata.scopesSupported = try strings("scopes_supported")
        metadata.tokenEndpointAuthMethodsSupported = try strings("token_endpoint_auth_methods_supported")
        metadata.authorizationResponseIssParameterSupported =
            try flag("authorization_response_iss_parameter_supported") ?? false
        return metadata
    }

    private func requireIssuer(_ issuer: Issuer) throws(DiscoveryError) {
        guard let value = member("issuer") else { throw .missing("issuer") }
        guard let published = value.stringValue else { throw .invalid("issuer") }
        guard published.utf8.elementsEqual(issuer.text.utf8) else {
            let shown = published.utf8.lazy.filter { (0x20...0x7E).contains($0) }.prefix(256)
            throw .issuerMismatch(configured: issuer, published: String(decoding: Array(shown), as: UTF8.self))
        }
    }

    private func required(_ name: String) throws(DiscoveryError) -> EndpointURL {
        guard let url = try endpoint(name) else { throw .missing(name) }
        return url
    }

    private func endpoint(_ name: String) throws(DiscoveryError) -> EndpointURL? {
        guard let value = member(name) else { return nil }
        guard let text = value.stringValue else { throw .invalid(name) }
        do { return try EndpointURL(text, allowing: plaintext) } catch { throw .endpoint(name, error) }
    }

    private func strings(_ name: String) throws(DiscoveryError) -> [String]? {
        guard let value = member(name) else { return nil }
        guard let elements = value.arrayValue else { throw .invalid(name) }
        let texts = elements.compactMap(\.stringValue)
        guard texts.count == elements.count else { throw .invalid(name) }
        return texts
    }

    private func flag(_ name: String) throws(DiscoveryError) -> Bool? {
        guard let value = member(name) else { return nil }
        guard let flag = value.boolValue else { throw .invalid(name) }
        return flag
    }

    private func member(_ name: String) -> JSONValue? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }
}
