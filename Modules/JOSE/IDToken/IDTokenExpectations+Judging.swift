import CryptoPrimitives
import OAuthTypes
import WireFormats

extension IDTokenExpectations {
    /// Checks every claim that OpenID Connect Core §3.1.3.7 (or §12.2) names.
    func judge(_ verified: VerifiedClaims, _ raw: RawIDToken, at now: UnixTime) throws(ClaimError) -> IDToken {
        let claims = verified.claims
        try claims.forbid(.events)  // RFC 8417 §2.2: a logout token, which a refresh could not tell by its nonce
        try claims.require(.issuer, toBe: issuer.text)
        try claims.requireSubject()
        // RFC 7519 §4.1.7: nothing here reads it, but a token that breaks the rule is no JWT.
        if let tokenID = claims.member(.tokenID), tokenID.kind != .string { throw .malformed(.tokenID) }
        try requireAudience(claims)
        let validity = try claims.requireValid(at: now, leeway)
        let authTime = try claims.optionalTime(.authenticationTime)
        try requireOccasion(claims, authTime, at: now)
        try requireHashes(claims, verified.header.algorithm)
        try claims.checkSessionID()
        return IDToken(
            issuer: issuer, expiresAt: validity.expiresAt, issuedAt: validity.issuedAt, authTime: authTime, raw: raw)
    }

    // Core §3.1.3.7 items 3 to 5
    private func requireAudience(_ claims: ScannedObject) throws(ClaimError) {
        let member = try claims.required(.audience)
        if member.kind == .string {
            guard claims.isText(member, clientID.text) else { throw .mismatch(.audience) }
        } else {
            let audience = try claims.audience()
            guard audience.contains(where: clientID.text.hasSameOctets), audience.allSatisfy(isTrusted) else {
                throw .mismatch(.audience)
            }
        }
        if claims.member(.authorizedParty) != nil { try claims.require(.authorizedParty, toBe: clientID.text) }
    }

    private func isTrusted(_ audience: String) -> Bool {
        audience.hasSameOctets(as: clientID.text) || trustedAudiences.contains(where: audience.hasSameOctets)
    }

    private func requireOccasion(
        _ claims: ScannedObject, _ authTime: UnixTime?, at now: UnixTime
    ) throws(ClaimError) {
        if let refresh { return try requireSameLogin(refresh, claims, authTime) }
        try requireNonce(claims)
        try requireRecent(authTime, at: now)
        if !acceptedACRs.isEmpty { try requireContextClass(claims) }
    }

    // Core §12.2
    private func requireSameLogin(
        _ login: Refresh, _ claims: ScannedObject, _ authTime: UnixTime?
    ) throws(ClaimError) {
        try claims.require(.subject, toBe: login.subject.text)
        if claims.member(.nonce) != nil { try requireNonce(claims) }
        if let authTime, let expected = login.authTime, authTime != expected { throw .mismatch(.authenticationTime) }
    }

    // No token has an empty nonce: where the login had none, none is right.
    private func requireNonce(_ claims: ScannedObject) throws(ClaimError) {
        guard let nonce else { return try requireSecretly(.nonce, "", claims) }
        try requireSecretly(.nonce, nonce, claims)
    }

    // Core §3.1.3.7 item 13. The time the user took to log in is not limited by the leeway, only the
    // clocks' difference is.
    private func requireRecent(_ authTime: UnixTime?, at now: UnixTime) throws(ClaimError) {
        guard let maxAge else { return }
        guard let authTime else { throw .missing(.authenticationTime) }
        guard !leeway.liesAhead(authTime, at: now) else { throw .authenticationTime }
        guard !leeway.hasPassed(authTime.adding(seconds: max(maxAge, 0)).adding(seconds: 1), at: now) else {
            throw .authenticationTime
        }
    }

    private func requireContextClass(_ claims: ScannedObject) throws(ClaimError) {
        let contextClass = try claims.requiredText(.contextClass)
        guard acceptedACRs.contains(where: contextClass.hasSameOctets) else { throw .mismatch(.contextClass) }
    }

    private func requireHashes(_ claims: ScannedObject, _ algorithm: JWSAlgorithm) throws(ClaimError) {
        if let accessToken { try requireHash(.accessTokenHash, of: accessToken.exposedText, claims, algorithm) }
        if let code { try requireHash(.codeHash, of: code.exposedText, claims, algorithm) }
    }

    // Core §3.1.3.6: the left half of the hash that belongs to the header's algorithm
    private func requireHash(
        _ name: ClaimName, of text: String, _ claims: ScannedObject, _ algorithm: JWSAlgorithm
    ) throws(ClaimError) {
        guard claims.member(name) != nil else { return }
        let size = algorithm.hash ?? (edDSAHash == .sha512 ? .bits512 : .bits256)
        guard let digest = try? SHA2.hash(Array(text.utf8), size) else { throw .mismatch(name) }
        let expected = Base64URL.encode(digest.prefix(size.byteCount / 2))
        try requireSecretly(name, expected, claims)
    }

    /// Throws unless the claim is exactly `expected`; how long that takes does not tell where they differ.
    private func requireSecretly(
        _ name: ClaimName, _ expected: String, _ claims: ScannedObject
    ) throws(ClaimError) {
        let isEqual = claims.withText(try claims.required(name)) { text in
            text.isEmpty ? nil : expected.withOctets { ConstantTime.equal(text, $0) }
        }
        guard let isEqual, let isEqual else { throw .malformed(name) }
        guard isEqual else { throw .mismatch(name) }
    }
}
