import OAuthTypes
import WireFormats

/// Removes the request's secrets from a provider's error description: some providers repeat them to explain an error.
struct SecretMask: Sendable {
    // Shorter ones would break ordinary words, and are no protection.
    private static let shortest = 4
    /// The most of a text that is looked at, and the most of it that any error shows.
    private static let (longestRead, longestShown) = (2_048, 256)
    private static let publicNames: Set<String> = [
        "grant_type", "redirect_uri", "client_id", "scope", "audience", "token_type_hint", "client_assertion_type",
        "resource", "response_type", "response_mode", "code_challenge_method", "prompt", "max_age", "display",
        "ui_locales",
        "acr_values", "claims", "authorization_details",
    ]

    private let request: TokenRequest

    /// Creates a mask of the secrets of `request`, plain and encoded.
    init(_ request: TokenRequest) { self.request = request }

    /// The part of `text` that may be shown, without the secrets. They are searched in the text without the characters
    /// that are never shown, because a server that quotes a secret may insert such characters.
    func masked(_ text: String) -> String {
        let octets = Array(SecretMask.shown(text).prefix(SecretMask.longestRead))
        let isCut = octets.count == SecretMask.longestRead
        let secrets = secrets
        var masked: [UInt8] = []
        var end = 0
        for index in octets.indices where masked.count < SecretMask.longestShown {
            let rest = octets[index...]
            let found = secrets.first { rest.starts(with: $0) || (isCut && $0.starts(with: rest)) }
            if index >= end { masked += found == nil ? [octets[index]] : Array("[...]".utf8) }
            if let found { end = max(end, index + found.count) }
        }
        return String(decoding: masked, as: UTF8.self)
    }

    /// An error code; a code in the standards' form is unchanged, even if it equals a secret.
    func masked(code: String) -> String {
        let isPlain = code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
        return isPlain ? code : masked(code)
    }

    private var secrets: [[UInt8]] {
        let parameters = request.parameters.filter { !SecretMask.publicNames.contains($0.name) }.map(\.value)
        let texts = parameters + request.fields.flatMap { SecretMask.credentials(in: $0) }
        let forms = texts.flatMap { [$0, FormEncoding.encodeComponent($0), PercentEncoding.encode($0)] }
        let octets = Set(forms.map { Array(SecretMask.shown($0)) }).filter { $0.count >= SecretMask.shortest }
        // The longest first: one may be part of another.
        return octets.sorted { $0.count > $1.count }
    }

    // As `OAuthErrorResponse` does: RFC 6749 Appendix A.7 to A.9.
    private static func shown(_ text: String) -> some Sequence<UInt8> {
        text.utf8.lazy.filter { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }

    // A field that a plug-in adds is a credential as a whole; HTTP Basic contains one.
    private static func credentials(in field: HeaderField) -> [String] {
        let value = field.value.split(separator: " ").last.map(String.init) ?? ""
        guard let pair = Base64.decode(value), let colon = pair.firstIndex(of: UInt8(ascii: ":")) else {
            return [field.value, value]
        }
        let password = String(decoding: pair[(colon + 1)...], as: UTF8.self)
        return [field.value, value, password, PercentEncoding.decode(password) ?? password]
    }
}
