extension BearerChallenge {
    /// Finds the Bearer challenge in the `WWW-Authenticate` values of a response; nil when there is none or
    /// it is malformed.
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

/// Reads `auth-scheme [ 1*SP ( token68 / #auth-param ) ]` lists (RFC 9110 §11.3).
private struct ChallengeReader {
    let octets: [UInt8]
    var index = 0

    /// The parameters of the first Bearer challenge; nil when there is none or the text is malformed up to its end.
    mutating func bearerParameters() -> [String: String]? {
        skip(while: isSeparator)
        while let scheme = token() {
            let isBearer = scheme.lowercased() == "bearer"
            skip(while: isBlank)
            if isBearer || !takeToken68() {
                guard let found = parameters() else { return nil }
                if isBearer { return found }
            }
            skip(while: isSeparator)
        }
        return nil
    }

    // Ends before the next scheme, which is a token that no "=" follows.
    private mutating func parameters() -> [String: String]? {
        var found: [String: String] = [:]
        while true {
            skip(while: isSeparator)
            let start = index
            guard let name = token()?.lowercased() else { return index == octets.count ? found : nil }
            skip(while: isBlank)
            guard take(UInt8(ascii: "=")) else {
                index = start
                return found
            }
            skip(while: isBlank)
            guard let value = value(), found.updateValue(value, forKey: name) == nil else { return nil }
        }
    }

    private mutating func takeToken68() -> Bool {
        let start = index
        skip(while: AccessToken.isTokenOctet)
        let isEmpty = index == start
        skip { $0 == UInt8(ascii: "=") }
        skip(while: isBlank)
        if !isEmpty, index == octets.count || octets[index] == UInt8(ascii: ",") { return true }
        index = start
        return false
    }

    private mutating func value() -> String? {
        take(UInt8(ascii: "\"")) ? restOfQuotedString() : token()
    }

    private mutating func restOfQuotedString() -> String? {
        var text: [UInt8] = []
        while index < octets.count {
            var octet = octets[index]
            index += 1
            if octet == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            if octet == UInt8(ascii: "\\") {
                guard index < octets.count else { return nil }
                octet = octets[index]
                index += 1
            }
            guard octet == 0x09 || (octet >= 0x20 && octet != 0x7F) else { return nil }
            text.append(octet)
        }
        return nil
    }

    private mutating func token() -> String? {
        let start = index
        skip(while: HeaderField.isTokenOctet)
        return index > start ? String(decoding: octets[start..<index], as: UTF8.self) : nil
    }

    private mutating func skip(while matches: (UInt8) -> Bool) {
        while index < octets.count, matches(octets[index]) { index += 1 }
    }

    private mutating func take(_ octet: UInt8) -> Bool {
        guard index < octets.count, octets[index] == octet else { return false }
        index += 1
        return true
    }
}

private func isBlank(_ octet: UInt8) -> Bool { octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t") }

private func isSeparator(_ octet: UInt8) -> Bool { isBlank(octet) || octet == UInt8(ascii: ",") }
