import CryptoPrimitives
import JOSE
import OAuthTypes
import WireFormats

/// A JWT that a fault changes and that is signed anew.
struct ForgedToken {
    /// Who signs, or what stands in place of a signature.
    enum Signature {
        case own, next, stranger, curve
        /// Nothing, and `alg` is `none`.
        case none
        /// A MAC with these octets, and `alg` is `HS256`.
        case mac([UInt8])
        /// The provider's signature with one bit flipped.
        case broken
        /// A signature of another token.
        case ofAnotherToken
    }

    var header: JSONObject
    var claims: JSONObject
    /// The payload, if JSONWriter could not write it.
    var payload: [UInt8]?
    var signature = Signature.own

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Base64URL.decode(String($0)) }
        guard parts.count == 3, let header = parts[0].flatMap({ try? JSONReader.object($0) }),
            let claims = parts[1].flatMap({ try? JSONReader.object($0) })
        else { return nil }
        self.header = header
        self.claims = claims
    }

    /// The compact serialization; nil only if libcrypto fails.
    func text(with keys: HostileKeys) -> String? {
        switch signature {
        case .own: return try? signed(by: keys.own)
        case .next: return try? signed(by: keys.next, naming: true)
        case .stranger: return try? signed(by: keys.stranger)
        case .curve: return try? signed(by: keys.curve, naming: true)
        case .none: return signingInput(algorithm: "none") + "."
        case .mac(let key):
            let input = signingInput(algorithm: "HS256")
            let code = try? HMAC.authenticate(key: key, message: Array(input.utf8))
            return code.map { input + "." + Base64URL.encode($0) }
        case .broken: return try? brokenText(keys)
        case .ofAnotherToken: return try? swappedText(keys)
        }
    }

    private var octets: [UInt8] { payload ?? JSONWriter.bytes(claims) }

    private func signed(by key: SigningKey, naming: Bool = false) throws(KeyError) -> String {
        var header = header
        if naming {
            header["kid"] = (key.keyID?.text).map(JSONValue.string)
            header["alg"] = .string(key.algorithm.rawValue)
        }
        return try key.signed(header: header, payload: octets).exposedText
    }

    private func signingInput(algorithm: String) -> String {
        var header = header
        header["alg"] = .string(algorithm)
        header["kid"] = nil
        return Base64URL.encode(JSONWriter.bytes(header)) + "." + Base64URL.encode(octets)
    }

    private func brokenText(_ keys: HostileKeys) throws(KeyError) -> String {
        let text = try signed(by: keys.own)
        let parts = text.split(separator: ".").map(String.init)
        guard var signature = parts.last.flatMap(Base64URL.decode), !signature.isEmpty else { return text }
        signature[signature.count / 2] ^= 1
        return parts.dropLast().joined(separator: ".") + "." + Base64URL.encode(signature)
    }

    private func swappedText(_ keys: HostileKeys) throws(KeyError) -> String {
        var other = self
        other.claims["sub"] = "somebody-else"
        let input = try signed(by: keys.own).split(separator: ".").dropLast().joined(separator: ".")
        return input + "." + (try other.signed(by: keys.own).split(separator: ".").last.map(String.init) ?? "")
    }
}
