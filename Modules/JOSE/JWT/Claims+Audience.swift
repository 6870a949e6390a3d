import OAuthTypes
import WireFormats

/// Which audiences a token may name beside the one that is expected.
enum FurtherAudiences {
    /// All others.
    case any
    /// These only.
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

    /// Returns the token's audiences; throws unless one is in `expected` and `further` allows the others.
    ///
    /// All verifiers use this rule, which compares octets.
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
