import OAuthTypes
import WireFormats

/// Takes out of a provider's words what a request said in confidence: some repeat it to explain an error.
struct SecretMask: Sendable {
    // Shorter ones would take ordinary words apart, and nobody guards anything with them.
    private static let shortest = 4
    private static let publicNames: Set<String> = [
        "grant_type", "redirect_uri", "client_id", "scope", "audience", "token_type_hint", "client_assertion_type",
    ]

    private let request: TokenRequest

    /// Takes the secrets of `request`, as they are and as they are encoded.
    init(_ request: TokenRequest) { self.request = request }

    /// `text` without the secrets.
    func masked(_ text: String) -> String {
        let masked = secrets.reduce(Array(text.utf8)) { $0.replacing($1, with: "[...]".utf8) }
        return String(decoding: masked, as: UTF8.self)
    }

    /// An error code; one of the standards' form stays as it is, whatever word a secret may be.
    func masked(code: String) -> String {
        let isPlain = code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
        return isPlain ? code : masked(code)
    }

    private var secrets: [[UInt8]] {
        let parameters = request.parameters.filter { !SecretMask.publicNames.contains($0.name) }.map(\.value)
        let texts = parameters + request.fields.flatMap { SecretMask.credentials(in: $0) }
        let forms = texts.flatMap { [$0, FormEncoding.encodeComponent($0), PercentEncoding.encode($0)] }
        let octets = Set(forms.map { Array($0.utf8) }).filter { $0.count >= SecretMask.shortest }
        // The longest first: one may be part of another.
        return octets.sorted { $0.count > $1.count }
    }

    // A field that a plug-in adds is a credential as a whole; that of HTTP Basic holds one.
    private static func credentials(in field: HeaderField) -> [String] {
        let value = field.value.split(separator: " ").last.map(String.init) ?? ""
        guard let pair = Base64.decode(value), let colon = pair.firstIndex(of: UInt8(ascii: ":")) else {
            return [field.value, value]
        }
        let password = String(decoding: pair[(colon + 1)...], as: UTF8.self)
        return [field.value, value, password, PercentEncoding.decode(password) ?? password]
    }
}
