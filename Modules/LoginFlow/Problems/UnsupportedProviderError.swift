import AuthURL
import JOSE
import OAuthTypes
import TokenExchange
import WireFormats

/// What a provider requires by its metadata and the flow does not support with these settings. It is found before a user
/// is sent to the provider in vain.
enum UnsupportedProviderError: Error, Hashable, CustomStringConvertible {
    case pushedRequests, signedRequests, requestObjects
    case pushedRequestEndpoint(demanded: Bool)
    case responseTypes([String])
    case responseModes([String])
    case responseAlgorithms([String])
    case authenticationMethods([String])
    case algorithms([String], named: Bool)

    /// The first requirement of `metadata` that is not supported; nil when logins can work.
    init?(_ metadata: ProviderMetadata, settings: LoginSettings) {
        let found = [
            UnsupportedProviderError.pushing(metadata, settings: settings),
            UnsupportedProviderError.signing(metadata, settings: settings),
            UnsupportedProviderError.missing("code", in: metadata.responseTypesSupported).map(
                UnsupportedProviderError.responseTypes),
            UnsupportedProviderError.responseModes(metadata, settings: settings),
            UnsupportedProviderError.authentication(metadata, settings: settings),
            UnsupportedProviderError.signatures(metadata, settings: settings),
        ]
        guard let first = found.compactMap(\.self).first else { return nil }
        self = first
    }

    private static func pushing(_ metadata: ProviderMetadata, settings: LoginSettings) -> UnsupportedProviderError? {
        let isDemanded = metadata.requiresPushedAuthorizationRequests
        guard settings.pushedRequests.isUsed(demanded: isDemanded) else { return isDemanded ? .pushedRequests : nil }
        return metadata.pushedAuthorizationRequestEndpoint == nil ? .pushedRequestEndpoint(demanded: isDemanded) : nil
    }

    private static func signing(_ metadata: ProviderMetadata, settings: LoginSettings) -> UnsupportedProviderError? {
        guard metadata.requiresSignedRequestObject else {
            return settings.signedRequests == .always && !takesRequestObjects(metadata, settings: settings)
                ? .requestObjects : nil
        }
        return settings.signedRequests == .never || settings.clientKeys == nil ? .signedRequests : nil
    }

    // A provider that ignores the request object sees a request without state, PKCE and redirect URI: the user comes back
    // with an error at best. An absent `request_parameter_supported` means false (Discovery §3), but who lists algorithms
    // for request objects takes them. In a pushed request false does not count, as it speaks of the authorization endpoint.
    private static func takesRequestObjects(_ metadata: ProviderMetadata, settings: LoginSettings) -> Bool {
        // Metadata given by hand says nothing of this.
        guard metadata.document.count > 0 else { return true }
        let isTaken = metadata.document["request_parameter_supported"]?.boolValue
        let isPushed = settings.pushedRequests.isUsed(demanded: metadata.requiresPushedAuthorizationRequests)
        let algorithms = metadata.document["request_object_signing_alg_values_supported"]?.arrayValue ?? []
        return isTaken == true || !algorithms.isEmpty && (isTaken == nil || isPushed)
    }

    // An empty list says nothing.
    private static func missing(_ value: String, in list: [String]?) -> [String]? {
        list.flatMap { $0.isEmpty || $0.contains(value) ? nil : $0 }
    }

    // Query counts for every unsigned mode, because many providers that list only it ignore the mode.
    private static func responseModes(
        _ metadata: ProviderMetadata, settings: LoginSettings
    ) -> UnsupportedProviderError? {
        let mode = settings.responseMode
        guard !mode.isSigned else {
            return missing(mode.rawValue, in: metadata.responseModesSupported).map(
                UnsupportedProviderError.responseModes)
                ?? responseAlgorithms(metadata, settings: settings)
        }
        guard let listed = missing("query", in: metadata.responseModesSupported), !listed.contains(mode.rawValue)
        else { return nil }
        return .responseModes(listed)
    }

    // An empty list could not be read: nothing follows from it.
    private static func responseAlgorithms(
        _ metadata: ProviderMetadata, settings: LoginSettings
    ) -> UnsupportedProviderError? {
        guard let listed = metadata.authorizationSigningAlgValuesSupported, !listed.isEmpty else { return nil }
        let accepted =
            settings.responseAlgorithms ?? IDTokenAlgorithmChoice(settings, metadata: metadata).accepted
        let known = listed.compactMap { JWSAlgorithm(rawValue: $0).flatMap(SignatureAlgorithm.init) }
        return known.contains(where: accepted.contains) ? nil : .responseAlgorithms(listed)
    }

    // Where the settings name a method, the metadata has no say.
    private static func authentication(
        _ metadata: ProviderMetadata, settings: LoginSettings
    ) -> UnsupportedProviderError? {
        guard settings.clientCredential.methodName == nil, !settings.deviations.contains(.unencodedBasicSecret),
            let listed = metadata.tokenEndpointAuthMethodsSupported, !listed.isEmpty,
            listed.allSatisfy({ ClientAuthenticationMethod(rawValue: $0) == nil })
        else { return nil }
        return .authenticationMethods(listed)
    }

    private static func signatures(
        _ metadata: ProviderMetadata, settings: LoginSettings
    ) -> UnsupportedProviderError? {
        guard !settings.deviations.contains(.hs256ByClientSecret) else { return nil }
        let choice = IDTokenAlgorithmChoice(settings, metadata: metadata)
        guard choice.isUnsupported else { return nil }
        return .algorithms(
            metadata.idTokenSigningAlgValuesSupported, named: settings.idTokenAlgorithms != nil)
    }

    /// What is required, by which member, and what to do.
    var description: String {
        switch self {
        case .pushedRequests:
            "the provider takes pushed authorization requests only ('require_pushed_authorization_requests' in its "
                + "metadata), and the settings rule them out (pushedRequests = .never, LOGIN_PAR=off)\(Self.byHand)"
        case .pushedRequestEndpoint(demanded: true):
            "the provider takes pushed authorization requests only ('require_pushed_authorization_requests' in its "
                + "metadata) and names no 'pushed_authorization_request_endpoint'. Let it take plain ones from this client\(Self.byHand)"
        case .pushedRequestEndpoint(demanded: false):
            "authorization requests are to be pushed, and the provider's metadata names no "
                + "'pushed_authorization_request_endpoint'. Do without (pushedRequests = .automatic, LOGIN_PAR=auto)"
        case .signedRequests:
            "the provider takes signed request objects only ('require_signed_request_object' in its metadata). Give the app "
                + "a key whose public half is registered there (clientKeys, LOGIN_CLIENT_KEY), and do not rule signed requests "
                + "out (signedRequests, LOGIN_JAR)\(Self.byHand)"
        case .requestObjects:
            "authorization requests are to be signed, and the provider's metadata offers no request objects (neither "
                + "'request_parameter_supported' nor 'request_object_signing_alg_values_supported'). Do without "
                + "(signedRequests = .automatic, LOGIN_JAR=auto); if it takes them all the same, give its metadata by hand "
                + "(provider = .fixed)"
        case .responseTypes(let types):
            "the provider does not list 'code' in 'response_types_supported' (\(Self.shown(types))): the authorization "
                + "code flow needs it\(Self.byHand)"
        case .responseModes(let modes):
            "the provider does not answer in the way it is asked to ('response_modes_supported' lists "
                + "\(Self.shown(modes))). Ask for query, form_post, query.jwt or form_post.jwt, whichever is in the list "
                + "(responseMode, LOGIN_RESPONSE_MODE); the flow's callback takes no other\(Self.byHand)"
        case .responseAlgorithms(let names):
            "the provider signs authorization responses with none of the accepted algorithms "
                + "('authorization_signing_alg_values_supported' lists \(Self.shown(names))): name the one that this client is "
                + "registered for (responseAlgorithms)"
        case .authenticationMethods(let methods):
            "the token endpoint takes no client secret ('token_endpoint_auth_methods_supported' lists "
                + "\(Self.shown(methods))), so the secret is not sent there. Say which method the client is registered for "
                + "(clientCredential, LOGIN_CLIENT_AUTH)"
        case .algorithms(let names, let isNamed): Self.words(names, isNamed: isNamed)
        }
    }

    private static let byHand =
        "; if it does so already, give its metadata by hand (provider = .fixed) without the member"

    private static func words(_ names: [String], isNamed: Bool) -> String {
        let listed = "'id_token_signing_alg_values_supported' lists \(shown(names))"
        if isNamed {
            return "the provider signs ID tokens with none of the algorithms that were set (\(listed)): correct "
                + "idTokenAlgorithms (LOGIN_ID_TOKEN_ALG)"
        }
        return
            "the provider does not sign ID tokens with RS256 and names not exactly one other algorithm with public keys "
            + "(\(listed)): set the one it uses for this client (idTokenAlgorithms, LOGIN_ID_TOKEN_ALG), or, where it "
            + "signs with the client secret, the deviation hs256ByClientSecret (LOGIN_DEVIATIONS=hs256-client-secret)"
    }

    // Untrusted text: a few names, printable and cut.
    private static func shown(_ names: [String]) -> String {
        let few = names.prefix(8).map { name in
            "'"
                + String(
                    decoding: name.utf8.filter { (0x21...0x7E).contains($0) && $0 != 0x27 }.prefix(48), as: UTF8.self)
                + "'"
        }
        return (few + (names.count > 8 ? ["…"] : [])).joined(separator: ", ")
    }
}
