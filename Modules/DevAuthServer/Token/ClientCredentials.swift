import OAuthTypes
import WireFormats

/// The credentials of a client at the token endpoint (RFC 6749 §2.3.1). A client uses one method, never two.
struct ClientCredentials {
    let id: String
    let secret: String

    init(_ visit: Visit) throws(TokenRequestError) {
        let headers = visit.fields.values(named: "Authorization")
        guard headers.count <= 1 else { throw .invalidRequest("more than one Authorization header") }
        guard let header = headers.first else {
            guard let id = visit.form["client_id"], let secret = visit.form["client_secret"] else {
                throw .invalidClient
            }
            self.init(id: id, secret: secret)
            return
        }
        guard visit.form["client_secret"] == nil else { throw .invalidRequest("client credentials in header and body") }
        guard let basic = Self(basic: header) else { throw .invalidClient }
        if let id = visit.form["client_id"], !id.hasSameOctets(as: basic.id) {
            throw .invalidRequest("client_id differs from the client that authenticated")
        }
        self = basic
    }

    private init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    // RFC 6749 §2.3.1: form-encoded first, then base64. A client that skips the form encoding is decoded wrongly.
    private init?(basic header: String) {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let octets = Base64.decode(String(parts[1])),
            let colon = octets.firstIndex(of: UInt8(ascii: ":")),
            let id = Self.decoded(octets[..<colon]), let secret = Self.decoded(octets[colon...].dropFirst())
        else { return nil }
        self.init(id: id, secret: secret)
    }

    private static func decoded(_ octets: ArraySlice<UInt8>) -> String? {
        guard !octets.contains(UInt8(ascii: "&")), !octets.contains(UInt8(ascii: "=")) else { return nil }
        guard let fields = try? FormEncoding.decode(Array("x=".utf8) + octets), fields.count == 1 else { return nil }
        return fields[0].value
    }

    /// The client with this identifier and secret.
    func client(among clients: [DevClient]) throws(TokenRequestError) -> DevClient {
        guard let client = clients.first(where: { $0.id.text.hasSameOctets(as: id) }) else { throw .invalidClient }
        let fits = TokenDigest(client.secret.exposedText).isEqual(to: TokenDigest(secret))
        guard fits else { throw .invalidClient }
        return client
    }
}
