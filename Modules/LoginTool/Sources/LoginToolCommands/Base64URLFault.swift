/// The fault of a segment that the strict decoder refused. It explains the refusal and decides nothing.
struct Base64URLFault: CustomStringConvertible {
    let description: String

    init(_ segment: Substring.UTF8View) {
        guard let (position, octet) = segment.enumerated().first(where: { !Self.isLetter($0.element) }) else {
            description =
                segment.count % 4 == 1
                ? "\(segment.count) \(segment.count == 1 ? "character" : "characters") is a length that no encoding has; the token may be cut off"
                : "the last character has bits that belong to no octet"
            return
        }
        let at = "at position \(position + 1)"
        switch octet {
        case UInt8(ascii: "="): description = "padding (=) \(at); tokens have none"
        case UInt8(ascii: "+"), UInt8(ascii: "/"):
            description = "a character of the other base64 alphabet (+ or /) \(at)"
        case 0x09, 0x0A, 0x0D, 0x20: description = "white space \(at)"
        default: description = "a character that is none of A–Z, a–z, 0–9, - and _ \(at)"
        }
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
