extension BearerChallenge {
    /// Finds the Bearer challenge in the `WWW-Authenticate` values of a response; nil when there is none or it is malformed.
    ///
    /// Other schemes before or after it are passed over. Values longer than 4,096 octets are not read.
    public init?(fieldValues: [String]) {
        for value in fieldValues where value.utf8.count <= 4096 {
            var reader = ChallengeReader(octets: Array(value.utf8))
            guard let parameters = reader.bearerParameters() else { continue }
            self.init(
                realm: parameters["realm"], error: parameters["error"].map(Code.init),
                errorDescription: parameters["error_description"], scope: parameters["scope"].flatMap { try? Scope($0) }
            )
            return
        }
        return nil
    }
}

/// Reads `auth-scheme 1*SP auth-param *( "," auth-param )` lists (RFC 9110 §11.3).
private struct ChallengeReader {
    let octets: [UInt8]
    var index = 0

    mutating func bearerParameters() -> [String: String]? {
        var scheme = ""
        var found: [String: String]?
        while true {
            skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ",") }
            guard let word = token() else { return index == octets.count ? found : nil }
            skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if take(UInt8(ascii: "=")) {
                skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                guard let value = quotedString() ?? token() else { return nil }
                if scheme == "bearer" {
                    guard found?.updateValue(value, forKey: word.lowercased()) == nil else { return nil }
                }
            } else {
                if found != nil { return found }
                scheme = word.lowercased()
                if scheme == "bearer" { found = [:] }
            }
        }
    }

    private mutating func skip(while matches: (UInt8) -> Bool) {
        while index < octets.count, matches(octets[index]) { index += 1 }
    }

    private mutating func take(_ octet: UInt8) -> Bool {
        guard index < octets.count, octets[index] == octet else { return false }
        index += 1
        return true
    }

    private mutating func token() -> String? {
        let start = index
        skip { (0x21...0x7E).contains($0) && !Array("\"(),;<=>?@[\\]{}".utf8).contains($0) }
        return index > start ? String(decoding: octets[start..<index], as: UTF8.self) : nil
    }

    private mutating func quotedString() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var text: [UInt8] = []
        while index < octets.count {
            defer { index += 1 }
            switch octets[index] {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                guard index < octets.count else { return nil }
                text.append(octets[index])
            case let octet: text.append(octet)
            }
        }
        return nil
    }
}
