import JOSE
import OAuthTypes
import WireFormats

/// The parameters of a signed authorization request (RFC 9101 §6).
struct RequestObject {
    let parameters: Parameters

    /// Whose it is, whom it is for, and when it is read.
    struct Expectations {
        let client: DevClient
        let issuer: Issuer
        let now: UnixTime
    }

    // RFC 9101 §10.8: a JWT of another kind, which was signed for another purpose, is not a request.
    private static let types = ["oauth-authz-req+jwt", "jwt"]

    init(_ text: String, expecting expected: Expectations) throws(AuthorizationRequestError) {
        guard let keys = expected.client.keys else {
            throw .refused("request_not_supported", because: "the app has no keys registered")
        }
        guard text.split(separator: ".", omittingEmptySubsequences: false).count == 3, Self.hasKnownType(text) else {
            throw Self.fault("it is not a signed request")
        }
        let check = PublicKeyCheck(keys, algorithms: SignatureAlgorithms(SignatureAlgorithm.allCases))
        let payload = text.withOctets { try? JWSVerifier().verify($0, by: check).payload }
        guard let payload else { throw Self.fault("none of the registered keys signed it") }
        guard let object = try? JSONReader.object(payload) else { throw Self.fault("it is no JSON object") }
        try Self.judge(ClientClaims(object), expecting: expected)
        parameters = Self.parameters(of: object)
    }

    private static func judge(_ claims: ClientClaims, expecting expected: Expectations)
        throws(AuthorizationRequestError)
    {
        let id = expected.client.id.text
        for name in ["sub", "request", "request_uri"] where claims.object[name] != nil {
            throw fault("\(name) must not be in it")
        }
        do {
            try claims.require("iss", toBe: id)
            try claims.require("client_id", toBe: id)
            try claims.requireAudience(among: [expected.issuer.text])
            _ = try claims.requireEnd(at: expected.now, within: .seconds(3600))
        } catch {
            throw fault("the claim \(error.claim) is missing or wrong")
        }
    }

    private static func hasKnownType(_ text: String) -> Bool {
        let header = text.split(separator: ".", maxSplits: 1).first.map(String.init).flatMap(Base64URL.decode)
        guard let header, let members = try? JSONReader.object(header) else { return false }
        guard let type = members["typ"] else { return true }
        return type.stringValue.map { types.contains($0.lowercased()) } ?? false
    }

    // RFC 9101 §4: strings as they are, everything else as JSON.
    private static func parameters(of object: JSONObject) -> Parameters {
        let fields = object.members.flatMap { name, value -> [FormField] in
            if name == "resource", let several = value.arrayValue {
                return several.compactMap(\.stringValue).map { FormField(name: name, value: $0) }
            }
            return [FormField(name: name, value: value.stringValue ?? JSONWriter.text(value))]
        }
        return Parameters(fields)
    }

    private static func fault(_ reason: String) -> AuthorizationRequestError {
        .refused("invalid_request_object", because: "the request object is refused: \(reason)")
    }
}
