import OAuthTypes
import WireFormats

/// What a browser brought about its user beside the authorization response: name and address as Apple's form has them, at
/// the first login only.
///
/// Nothing of it is signed: the user can write anything there. Show it, or offer it in a form. Never identify a user by
/// it, never decide by it, never send mail to the address without checking it. The ID token has the address that counts.
public struct UnverifiedUser: Hashable, Sendable {
    /// The given name.
    public let givenName: String?
    /// The family name.
    public let familyName: String?
    /// The address.
    public let email: String?

    private static let longest = 2_048
    private static let longestText = 256

    /// Reads the parameter `user`; nil unless it is a short JSON object with one of the three. Texts with control
    /// characters or of more than 256 octets count as missing.
    init?(_ text: String) {
        guard text.utf8.count <= Self.longest, let object = try? JSONReader.object(Array(text.utf8)) else { return nil }
        let name = object["name"]?.objectValue ?? [:]
        givenName = Self.text(name["firstName"])
        familyName = Self.text(name["lastName"])
        email = Self.text(object["email"])
        guard givenName != nil || familyName != nil || email != nil else { return nil }
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard let text = value?.stringValue, (1...longestText).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ !isHidden($0) })
        else { return nil }
        return text
    }

    // Control characters, and those that turn the direction of the text around them.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}

extension LoginFlow {
    /// What the form of the response says of its user, where the settings read it.
    func unverifiedUser(in request: BrowserRequest) -> UnverifiedUser? {
        guard settings.takesUserOfFormPost, request.method == .post else { return nil }
        return request.formValue("user").flatMap(UnverifiedUser.init)
    }
}
