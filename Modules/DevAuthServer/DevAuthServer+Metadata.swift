import JOSE
import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The address of an endpoint.
    func address(of path: String) -> String { issuer.origin.description + basePath + path }

    /// OpenID Connect Discovery §3, RFC 8414 §2, RFC 9126 §5, RFC 9207 §3, RFC 9396 §10.
    var metadata: JSONObject {
        var document: JSONObject = ["issuer": .string(issuer.text)]
        let endpoints = [
            ("authorization_endpoint", "/authorize"), ("token_endpoint", "/token"), ("userinfo_endpoint", "/userinfo"),
            ("jwks_uri", "/jwks"), ("end_session_endpoint", "/oauth2/logout"), ("revocation_endpoint", "/revoke"),
            ("pushed_authorization_request_endpoint", "/par"),
        ]
        for (name, path) in endpoints { document[name] = .string(address(of: path)) }
        return document.adding(requestCapabilities).adding(clientCapabilities).adding(tokenCapabilities)
    }

    private var requestCapabilities: JSONObject {
        let details = clients.flatMap(\.authorizationDetailTypes)
        return [
            "scopes_supported": .array(scopes.map { .string($0.name) }),
            "response_types_supported": ["code"],
            "response_modes_supported": Self.list(ResponseMode.allCases.map(\.rawValue)),
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent", "select_account"],
            "claims_parameter_supported": false,
            "request_parameter_supported": true,
            "request_uri_parameter_supported": false,
            "request_object_signing_alg_values_supported": Self.signatures,
            "require_signed_request_object": .bool(clients.allSatisfy(\.requiresSignedRequest)),
            "require_pushed_authorization_requests": .bool(clients.allSatisfy(\.requiresPushedRequest)),
            "authorization_details_types_supported": Self.list(details),
            "authorization_signing_alg_values_supported": [.string(signer.algorithm.rawValue)],
            "authorization_response_iss_parameter_supported": true,
        ]
    }

    // The methods of the apps that are registered, so that an app that follows the metadata finds its own.
    private var clientCapabilities: JSONObject {
        let methods = Self.list(clients.flatMap(\.authentication.methods))
        let macs = MACAlgorithm.allCases.map { JSONValue.string($0.name.rawValue) }
        let algorithms = JSONValue.array((Self.signatures.arrayValue ?? []) + macs)
        return [
            "token_endpoint_auth_methods_supported": methods,
            "token_endpoint_auth_signing_alg_values_supported": algorithms,
            "revocation_endpoint_auth_methods_supported": methods,
            "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
        ]
    }

    private var tokenCapabilities: JSONObject {
        [
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [.string(signer.algorithm.rawValue)],
            "claims_supported": [
                "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid", "amr", "idp", "org_id",
                "org_name", "name", "preferred_username", "email", "email_verified", "picture",
            ],
        ]
    }

    private static let signatures = JSONValue.array(SignatureAlgorithm.allCases.map { .string($0.name.rawValue) })

    /// Each text once, in order.
    private static func list(_ texts: [String]) -> JSONValue {
        var seen: Set<String> = []
        return .array(texts.filter { seen.insert($0).inserted }.map(JSONValue.string))
    }
}
