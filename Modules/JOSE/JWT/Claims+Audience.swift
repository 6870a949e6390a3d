import OAuthTypes
import WireFormats

/// Which audiences a token may name beside the one that is expected.
enum FurtherAudiences {
    /// Whatever the issuer writes.
    case any
    /// No other than these.
    case only([String])

    fileprivate func allow(_ audience: [String], beside expected: [String]) -> Bool {
        guard case .only(let trusted) = self else { return true }
        return audience.allSatisfy { name in
            expected.contains(where: name.hasSameOctets) || trusted.contains(where: name.hasSameOctets)
        }
    }
}

extension Claims {
    /// `aud`, which is one string or an array of strings (RFC 7519 §4.1.3).
    func audience() throws(ClaimError) -> [String] {
        let member = try required(.audience)
        if let one = json.text(member), !one.isEmpty { return [one] }
        guard let several = texts(member) else { throw .malformed(.audience) }
        return several
    }

    /// Throws unless the token is for one of `expected`, and beside them for none but `further`; answers whom it is for.
    ///
    /// This is the one rule about audiences; octets are compared.
    @discardableResult
    func requireAudience(
        _ expected: [String], besides further: FurtherAudiences = .only([])
    ) throws(ClaimError) -> [String] {
        let named = try audience()
        guard named.contains(where: { expected.contains(where: $0.hasSameOctets) }),
            further.allow(named, beside: expected)
        else {
            throw .audience(expected: expected, found: named)
        }
        return named
    }
}

extension ClaimError {
    static func audience(expected: [String], found: [String]) -> ClaimError {
        .mismatch(.audience, Mismatch(expected: expected, found: found))
    }
}
