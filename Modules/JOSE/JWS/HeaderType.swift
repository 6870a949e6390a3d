/// What the `typ` header parameter says (RFC 7515 §4.1.9), the prefix `application/` and the case left aside.
enum HeaderType: Hashable, Sendable {
    case absent
    case jwt
    case accessToken
    case logoutToken
    case clientAssertion
    case proofOfPossession
    case other

    init(_ text: String) {
        let lowercased = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let prefix = Array("application/".utf8)
        let name = lowercased.starts(with: prefix) ? lowercased.dropFirst(prefix.count) : lowercased[...]
        switch String(decoding: name, as: UTF8.self) {
        case "jwt": self = .jwt
        case "at+jwt": self = .accessToken
        case "logout+jwt": self = .logoutToken
        case "client-authentication+jwt": self = .clientAssertion
        case "dpop+jwt": self = .proofOfPossession
        default: self = .other
        }
    }
}
