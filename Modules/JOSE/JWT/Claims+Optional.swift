import OAuthTypes
import WireFormats

// Claims that an ID token need not have. Harmless deviations in them are noted, and the claim is read as absent.
extension Claims {
    /// The claim, if it is there; null counts as absent.
    @inline(__always)
    func optional(_ name: ClaimName, noting notes: inout [ProviderDeviation]) -> Member? {
        guard let member = member(name) else { return nil }
        guard member.kind == .null else { return member }
        notes.note(name, form: "null, read as absent")
        return nil
    }

    /// Notes a claim of the wrong type that was not requested: it is read as absent.
    func note(_ name: ClaimName, unless kind: JSONKind, in notes: inout [ProviderDeviation]) {
        guard let member = optional(name, noting: &notes), member.kind != kind else { return }
        notes.note(name, form: "malformed, read as absent")
    }

    /// Notes an `amr` that is not an array of strings: a single string counts as an array of it, anything else as
    /// absent.
    func noteAuthenticationMethods(in notes: inout [ProviderDeviation]) {
        guard let member = optional(.authenticationMethods, noting: &notes), !isListOfTexts(member) else { return }
        let isText = member.kind == .string && !json.isText(member, equalTo: "")
        notes.note(
            .authenticationMethods,
            form: isText ? "a text, read as an array of it" : "malformed, read as absent")
    }

    /// How the user authenticated (`amr`, RFC 8176); empty if it is absent or invalid.
    var authenticationMethods: [String] {
        guard let member = member(.authenticationMethods) else { return [] }
        if let one = json.text(member), !one.isEmpty { return [one] }
        return texts(member) ?? []
    }

    /// Throws if there is an invalid `sid` (OpenID Connect Front-Channel Logout §3): a logout would miss the session.
    func checkSessionID(noting notes: inout [ProviderDeviation]) throws(ClaimError) {
        guard let member = optional(.sessionID, noting: &notes) else { return }
        guard json.withText(member, perform: ProviderSessionID.isValid) ?? false else { throw .malformed(.sessionID) }
    }

    /// Whether a value is an array of non-empty strings, as ``texts(_:)`` reads it. It was validated, and nothing is
    /// built.
    private func isListOfTexts(_ member: Member) -> Bool {
        guard member.kind == .array else { return false }
        let text = json.octets.span.extracting(member.value.lowerBound + 1..<member.value.upperBound - 1)
        var index = 0
        while index < text.count {
            let octet = text[index]
            index += 1
            guard octet == UInt8(ascii: "\"") else {
                guard octet <= 0x20 || octet == UInt8(ascii: ",") else { return false }
                continue
            }
            let start = index
            while text[index] != UInt8(ascii: "\"") { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
            guard index > start else { return false }
            index += 1
        }
        return true
    }
}

extension [ProviderDeviation] {
    /// Notes a deviation in a claim of an ID token.
    mutating func note(_ name: ClaimName, form: StaticString) {
        note(ProviderDeviation(.idToken, name.rawValue, form: form))
    }
}
