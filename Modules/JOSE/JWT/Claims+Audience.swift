import OAuthTypes
import WireFormats

extension ScannedObject {
    /// Throws unless the audience is `client`, alone or together with `trusted` ones only.
    func requireAudience(_ client: ClientID, trusting trusted: [String] = []) throws(ClaimError) {
        let audience = try audience()
        let isNamed = audience.contains(where: client.text.hasSameOctets)
        let others = audience.filter { !$0.hasSameOctets(as: client.text) }
        guard isNamed, others.allSatisfy({ trusted.contains(where: $0.hasSameOctets) }) else {
            throw .audience(expected: [client.text], found: audience)
        }
    }
}

extension ClaimError {
    static func audience(expected: [String], found: [String]) -> ClaimError {
        .mismatch(.audience, Mismatch(expected: expected, found: found))
    }
}
