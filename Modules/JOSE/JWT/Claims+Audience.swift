import OAuthTypes
import WireFormats

extension ScannedObject {
    /// Throws unless the audience is `client`, alone or together with `trusted` ones only.
    func requireAudience(_ client: ClientID, trusting trusted: [String] = []) throws(ClaimError) {
        let audience = try audience()
        guard audience.contains(where: client.text.hasSameOctets) else { throw .mismatch(.audience) }
        for other in audience where !other.hasSameOctets(as: client.text) {
            guard trusted.contains(where: other.hasSameOctets) else { throw .mismatch(.audience) }
        }
    }
}
