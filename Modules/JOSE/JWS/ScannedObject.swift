import OAuthTypes
import WireFormats

/// A JSON object that was validated whole and whose members are read only when asked for.
struct ScannedObject: Sendable {
    typealias Member = JSONScanner.Member

    let octets: [UInt8]
    let members: [Member]

    /// The member of exactly that name, escapes resolved.
    func member(_ name: String) -> Member? {
        members.first { isName($0, name) }
    }

    /// The text of a string; nil for another kind of value.
    func text(_ member: Member) -> String? {
        guard member.kind == .string else { return nil }
        guard let plain = plainText(member) else { return value(member)?.stringValue }
        return String(decoding: plain, as: UTF8.self)
    }

    /// Whether the member is a string of exactly these octets.
    func isText(_ member: Member, _ expected: String) -> Bool {
        guard member.kind == .string else { return false }
        guard let plain = plainText(member) else { return text(member)?.utf8.elementsEqual(expected.utf8) ?? false }
        return plain.elementsEqual(expected.utf8)
    }

    /// The value as such. It was validated, so that only a limit stricter than the scanner's could make it nil.
    func value(_ member: Member) -> JSONValue? {
        try? JSONReader.value(octets.span.extracting(member.value))
    }

    /// A `NumericDate` (RFC 7519 §2) without its fraction; nil for another kind of value and outside
    /// the years 1970…9999.
    func time(_ member: Member) -> UnixTime? {
        guard member.kind == .number else { return nil }
        return NumericDate.seconds(octets[member.value]).map(UnixTime.init(seconds:))
    }

    /// All members as a value.
    var object: JSONObject { (try? JSONReader.object(octets)) ?? [:] }

    /// What stands between the quotes; nil when escapes have to be resolved first.
    func plainText(_ member: Member) -> ArraySlice<UInt8>? {
        let inner = octets[member.value.lowerBound + 1..<member.value.upperBound - 1]
        return inner.contains(UInt8(ascii: "\\")) ? nil : inner
    }

    private func isName(_ member: Member, _ name: String) -> Bool {
        guard member.nameHasEscapes else {
            return member.name.count == name.utf8.count && octets[member.name].elementsEqual(name.utf8)
        }
        let quoted = member.name.lowerBound - 1..<member.name.upperBound + 1
        let resolved = try? JSONReader.value(octets.span.extracting(quoted)).stringValue
        return resolved?.utf8.elementsEqual(name.utf8) ?? false
    }
}
