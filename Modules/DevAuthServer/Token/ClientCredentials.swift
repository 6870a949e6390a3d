import JOSE
import OAuthTypes
import WireFormats

/// What a request presents so that its client can be authenticated (RFC 6749 §2.3, RFC 7521 §4.2). A client uses one
/// method, never two.
struct ClientCredentials {
    enum Proof {
        case basic(secret: String)
        case post(secret: String)
        case assertion(RawClientAssertion)
        case none
    }

    /// The client that the request names; until the proof is checked, anyone can write it.
    let id: String
    let proof: Proof

    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    init(_ visit: Visit) throws(TokenRequestError) {
        let headers = visit.fields.values(named: "Authorization")
        guard headers.count <= 1 else { throw .invalidRequest("more than one Authorization header") }
        let form = visit.form
        let ways = [headers.first, form["client_secret"], form["client_assertion"]].compactMap(\.self)
        guard ways.count <= 1 else { throw .invalidRequest("the client authenticates in more than one way") }
        if let header = headers.first {
            self = try Self.basic(header, form: form)
        } else if let assertion = form["client_assertion"] {
            self = try Self.assertion(assertion, form: form)
        } else {
            guard let id = form["client_id"] else { throw .invalidClient }
            self.init(id: id, proof: form["client_secret"].map(Proof.post) ?? .none)
        }
    }

    private init(id: String, proof: Proof) {
        self.id = id
        self.proof = proof
    }

    private static func basic(_ header: String, form: Parameters) throws(TokenRequestError) -> ClientCredentials {
        guard let basic = ClientCredentials(basic: header) else { throw .invalidClient }
        try basic.requireSameClient(form)
        return basic
    }

    private static func assertion(_ text: String, form: Parameters) throws(TokenRequestError) -> ClientCredentials {
        guard let type = form["client_assertion_type"], type.hasSameOctets(as: assertionType) else {
            throw .invalidRequest("client_assertion_type is missing or is not jwt-bearer")
        }
        let assertion = RawClientAssertion(text)
        guard let issuer = UnverifiedClientAssertion(assertion)?.issuer else { throw .invalidClient }
        let credentials = ClientCredentials(id: issuer.text, proof: .assertion(assertion))
        try credentials.requireSameClient(form)
        return credentials
    }

    private func requireSameClient(_ form: Parameters) throws(TokenRequestError) {
        guard let named = form["client_id"], !named.hasSameOctets(as: id) else { return }
        throw .invalidRequest("client_id differs from the client that authenticated")
    }

    // RFC 6749 §2.3.1: form-encoded first, then base64. A client that skips the form encoding is decoded wrongly.
    private init?(basic header: String) {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let octets = Base64.decode(String(parts[1])),
            let colon = octets.firstIndex(of: UInt8(ascii: ":")),
            let id = Self.decoded(octets[..<colon]), let secret = Self.decoded(octets[colon...].dropFirst())
        else { return nil }
        self.init(id: id, proof: .basic(secret: secret))
    }

    private static func decoded(_ octets: ArraySlice<UInt8>) -> String? {
        guard !octets.contains(UInt8(ascii: "&")), !octets.contains(UInt8(ascii: "=")) else { return nil }
        guard let fields = try? FormEncoding.decode(Array("x=".utf8) + octets), fields.count == 1 else { return nil }
        return fields[0].value
    }
}
