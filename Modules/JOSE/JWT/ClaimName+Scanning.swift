import WireFormats

extension ClaimName {
    /// The name in the form of a scanner; nil for a claim that is not looked for in every token.
    var scanned: JSONName? {
        let names = Scanned.names
        return switch self {
        case .issuer: names.issuer
        case .subject: names.subject
        case .audience: names.audience
        case .expiration: names.expiration
        case .notBefore: names.notBefore
        case .issuedAt: names.issuedAt
        case .nonce: names.nonce
        case .authorizedParty: names.authorizedParty
        case .authenticationTime: names.authenticationTime
        case .acr: names.acr
        case .authenticationMethods: names.authenticationMethods
        case .atHash: names.atHash
        case .codeHash: names.codeHash
        case .sessionID: names.sessionID
        case .events: names.events
        case .jwtID: names.jwtID
        default: nil
        }
    }

    /// Made once, all together: these are looked for in every token.
    private struct Scanned {
        static let names = Scanned()

        let issuer = JSONName(ClaimName.issuer.rawValue)
        let subject = JSONName(ClaimName.subject.rawValue)
        let audience = JSONName(ClaimName.audience.rawValue)
        let expiration = JSONName(ClaimName.expiration.rawValue)
        let notBefore = JSONName(ClaimName.notBefore.rawValue)
        let issuedAt = JSONName(ClaimName.issuedAt.rawValue)
        let nonce = JSONName(ClaimName.nonce.rawValue)
        let authorizedParty = JSONName(ClaimName.authorizedParty.rawValue)
        let authenticationTime = JSONName(ClaimName.authenticationTime.rawValue)
        let acr = JSONName(ClaimName.acr.rawValue)
        let authenticationMethods = JSONName(ClaimName.authenticationMethods.rawValue)
        let atHash = JSONName(ClaimName.atHash.rawValue)
        let codeHash = JSONName(ClaimName.codeHash.rawValue)
        let sessionID = JSONName(ClaimName.sessionID.rawValue)
        let jwtID = JSONName(ClaimName.jwtID.rawValue)
        let events = JSONName(ClaimName.events.rawValue)
    }
}
