import WireFormats

extension ClaimName {
    /// The name, which is whole, as a scanner notes it; nil for a claim that is not looked for in every token.
    var scanned: JSONName? {
        switch self {
        case .issuer: Scanned.issuer
        case .subject: Scanned.subject
        case .audience: Scanned.audience
        case .expiration: Scanned.expiration
        case .notBefore: Scanned.notBefore
        case .issuedAt: Scanned.issuedAt
        case .nonce: Scanned.nonce
        case .authorizedParty: Scanned.authorizedParty
        case .authenticationTime: Scanned.authenticationTime
        case .contextClass: Scanned.contextClass
        case .authenticationMethods: Scanned.authenticationMethods
        case .accessTokenHash: Scanned.accessTokenHash
        case .codeHash: Scanned.codeHash
        case .sessionID: Scanned.sessionID
        case .events: Scanned.events
        case .tokenID: Scanned.tokenID
        default: nil
        }
    }

    /// Made once: these are looked for in every token.
    private enum Scanned {
        static let issuer = JSONName(ClaimName.issuer.rawValue)
        static let subject = JSONName(ClaimName.subject.rawValue)
        static let audience = JSONName(ClaimName.audience.rawValue)
        static let expiration = JSONName(ClaimName.expiration.rawValue)
        static let notBefore = JSONName(ClaimName.notBefore.rawValue)
        static let issuedAt = JSONName(ClaimName.issuedAt.rawValue)
        static let nonce = JSONName(ClaimName.nonce.rawValue)
        static let authorizedParty = JSONName(ClaimName.authorizedParty.rawValue)
        static let authenticationTime = JSONName(ClaimName.authenticationTime.rawValue)
        static let contextClass = JSONName(ClaimName.contextClass.rawValue)
        static let authenticationMethods = JSONName(ClaimName.authenticationMethods.rawValue)
        static let accessTokenHash = JSONName(ClaimName.accessTokenHash.rawValue)
        static let codeHash = JSONName(ClaimName.codeHash.rawValue)
        static let sessionID = JSONName(ClaimName.sessionID.rawValue)
        static let tokenID = JSONName(ClaimName.tokenID.rawValue)
        static let events = JSONName(ClaimName.events.rawValue)
    }
}
