import WireFormats

extension ScannedObject {
    /// Throws when there is an `acr` that is no text, or an `amr` that is no array of texts (OpenID Connect Core §2),
    /// and builds nothing.
    func checkAuthenticationContext() throws(ClaimError) {
        if let contextClass = member(.contextClass), !isFilledText(contextClass) { throw .malformed(.contextClass) }
        guard let methods = member(.authenticationMethods) else { return }
        guard isArrayOfTexts(methods) else { throw .malformed(.authenticationMethods) }
    }

    private func isFilledText(_ member: Member) -> Bool {
        withText(member) { !$0.isEmpty } ?? false
    }

    /// Whether the value is an array of nothing but non-empty strings. The scanner has validated its grammar.
    private func isArrayOfTexts(_ member: Member) -> Bool {
        guard member.kind == .array else { return false }
        let text = octets.span.extracting(member.value)
        var place = 1  // behind the bracket
        while place < text.count - 1 {
            switch text[place] {
            case UInt8(ascii: "\""):
                let end = endOfString(text, from: place + 1)
                guard end > place + 1 else { return false }
                place = end + 1
            case UInt8(ascii: ","), 0x09, 0x0A, 0x0D, 0x20: place += 1
            default: return false
            }
        }
        return true
    }

    /// Where the closing quote stands.
    private func endOfString(_ text: Span<UInt8>, from start: Int) -> Int {
        var place = start
        while place < text.count, text[place] != UInt8(ascii: "\"") {
            place += text[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return place
    }
}
