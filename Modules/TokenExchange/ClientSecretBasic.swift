public import OAuthTypes
import WireFormats

/// `client_secret_basic`: client ID and secret in the `Authorization` field (RFC 6749 §2.3.1).
public struct ClientSecretBasic: ClientAuthentication {
    /// How client ID and secret are written before base64.
    public enum Encoding: Sendable, Hashable {
        /// Form-encoded, as RFC 6749 §2.3.1 requires: every octet but letters, digits, `-`, `.`, `_`, `~` and `*` as a
        /// percent escape. A space is `%20` and never `+`: both are right, but many servers that decode escapes leave a
        /// `+` unchanged.
        case formEncoded
        /// Unencoded, for servers that do not decode, such as django-allauth or glewlwyd. The difference matters only
        /// for characters that ``formEncoded`` escapes. A client ID with a colon cannot be written this way.
        case unencoded
    }

    private let secret: ClientSecret
    private let encoding: Encoding

    /// Creates the method with the secret issued at registration.
    public init(_ secret: ClientSecret, encoding: Encoding = .formEncoded) {
        self.secret = secret
        self.encoding = encoding
    }

    /// Adds the `Authorization` field.
    /// - Throws: an error for a client ID with a colon, which ``Encoding/unencoded`` cannot carry.
    public func authenticate(_ request: inout TokenRequest, as client: ClientID, at endpoint: EndpointURL) async throws
    {
        let credentials = try "\(written(client.text, isName: true)):\(written(secret.exposedText, isName: false))"
        guard let field = HeaderField("Authorization", "Basic " + Base64.encode(Array(credentials.utf8))) else {
            return
        }
        request.fields.append(field)
    }

    private func written(_ text: String, isName: Bool) throws(UnwritableClientIDError) -> String {
        guard encoding == .unencoded else { return ClientSecretBasic.formEncoded(text) }
        guard !isName || !text.utf8.contains(UInt8(ascii: ":")) else { throw UnwritableClientIDError() }
        return text
    }

    // A "~" need not be escaped: servers read it the same, whether they decode or not.
    private static func formEncoded(_ text: String) -> String {
        FormEncoding.encodeComponent(text).replacing("+", with: "%20").replacing("%7E", with: "~")
    }
}

/// The client ID holds a colon, which ``ClientSecretBasic/Encoding/unencoded`` cannot carry.
struct UnwritableClientIDError: Error {}

extension ClientAuthentication where Self == ClientSecretBasic {
    /// `client_secret_basic`, form-encoded first.
    public static func clientSecretBasic(_ secret: ClientSecret) -> ClientSecretBasic { ClientSecretBasic(secret) }
}
