import LoginFlow
import OAuthTypes
import WireFormats

/// The picture of a user, whose URL is untrusted: the user may have chosen it at the provider.
///
/// The page's policy allows this one address and no other. A URL that cannot be written into a policy without loss is
/// left out, and the user's initials stay visible; so are `data:` URLs, and `http` outside of development on loopback.
struct ProfilePicture {
    /// Absolute, and without a character that means something in a policy (CSP Level 3 §2.3.1).
    let url: String
    /// The source expression that allows ``url``: its query is no part of the comparison.
    let source: String

    init?(_ claims: JSONObject, allowing plaintext: PlaintextHTTP) {
        guard let text = claims["picture"]?.stringValue, text.utf8.count <= 1024,
            let url = try? EndpointURL(text, allowing: plaintext),
            // A policy has no notation for IPv6 addresses.
            url.origin.host.utf8.allSatisfy(ProfilePicture.isHostOctet),
            // The empty path and the paths that end in a slash would allow more than one address.
            url.path.hasPrefix("/"), !url.path.hasSuffix("/"), url.path.utf8.allSatisfy(ProfilePicture.isPathOctet)
        else { return nil }
        self.url = text
        source = "\(url.origin)\(url.path)"
    }

    private static func isHostOctet(_ octet: UInt8) -> Bool { isLetterOrDigit(octet) || octet == 0x2D || octet == 0x2E }

    // The unreserved characters of RFC 3986 §2.3, the slash, and `=`, `@`, `:` and `+`, which need no encoding in a path.
    // `%` is missing: browsers compare decoded paths.
    private static func isPathOctet(_ octet: UInt8) -> Bool {
        isLetterOrDigit(octet) || "-._~/=@:+".utf8.contains(octet)
    }

    private static func isLetterOrDigit(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
