import CryptoPrimitives
import OAuthTypes
import WireFormats

extension IDTokenExpectations {
    /// Checks every claim that OpenID Connect Core §3.1.3.7 (or §12.2) names.
    func judge(_ verified: VerifiedClaims, of raw: RawIDToken, at now: UnixTime) throws(ClaimError) -> IDToken {
        let claims = verified.claims
        var notes: [ProviderDeviation] = []
        if verified.header.type == .unknown {
            notes.note(ProviderDeviation(.idToken, "typ", form: "an unknown type, read as JWT"))
        }
        try claims.forbid(.events)  // RFC 8417 §2.2: a logout token, which a refresh could not tell by its nonce
        let issuer = try issuerRule.issuer(of: verified, where: issuer)
        try claims.requireSubject()
        try requireAudience(claims, noting: &notes)
        let validity = try claims.requireValid(
            at: now, leeway: leeway, notBefore: claims.optional(.notBefore, noting: &notes))
        let authTime = try authTime(in: claims, noting: &notes)
        try requireOccasion(claims, authTime: authTime, at: now, noting: &notes)
        try requireHashes(claims, algorithm: verified.header.algorithm, noting: &notes)
        try claims.checkSessionID(noting: &notes)
        for requirement in requiredClaims { try requirement.judge(claims, isRefresh: refresh != nil) }
        return IDToken(issuer: issuer, validity: validity, authTime: authTime, raw: raw, notes: notes)
    }

    // Core §3.1.3.7 items 3 to 5
    private func requireAudience(
        _ claims: Claims, noting notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        let member = try claims.required(.audience)
        if !claims.json.isText(member, equalTo: clientID.text) {
            let audience = try claims.requireAudience([clientID.text], besides: .only(trustedAudiences))
            if !audience.allSatisfy(clientID.text.hasSameOctets) {
                notes.note(.audience, form: "additional audiences, which the settings trust")
            }
        }
        guard claims.optional(.authorizedParty, noting: &notes) != nil else { return }
        try claims.require(.authorizedParty, toBe: clientID.text)
    }

    /// `auth_time`. An invalid one is ignored if nothing depends on it.
    private func authTime(
        in claims: Claims, noting notes: inout [ProviderDeviation]
    ) throws(ClaimError) -> UnixTime? {
        guard let member = claims.optional(.authenticationTime, noting: &notes) else { return nil }
        if let time = claims.time(member) { return time }
        guard maxAge == nil, refresh?.authTime == nil else { throw .malformed(.authenticationTime) }
        notes.note(.authenticationTime, form: "malformed, read as absent")
        return nil
    }

    private func requireOccasion(
        _ claims: Claims, authTime: UnixTime?, at now: UnixTime, noting notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        if let refresh {
            try requireSameLogin(as: refresh, in: claims, noting: &notes)
            try requireSameAuthTime(as: refresh, found: authTime, at: now, noting: &notes)
        } else if acceptsMissingNonce, claims.member(.nonce) == nil {
            notes.note(.nonce, form: "missing, which the settings accept")
            try requireRecent(authTime, at: now)
        } else {
            try requireNonce(claims)
            try requireRecent(authTime, at: now)
        }
        if !acceptedACRs.isEmpty { try requireACR(claims) }
    }

    // Core §12.2
    private func requireSameLogin(
        as login: Refresh, in claims: Claims, noting notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        guard claims.json.isText(try claims.required(.subject), equalTo: login.subject.text) else {
            throw .subjectChanged
        }
        if claims.optional(.nonce, noting: &notes) != nil { try requireNonce(claims) }
    }

    // Core §12.2
    private func requireSameAuthTime(
        as login: Refresh, found: UnixTime?, at now: UnixTime, noting notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        guard let found, let expected = login.authTime, found != expected else { return }
        guard refreshedAuthTime == .acceptingNewAuthTime, found > expected, !leeway.liesAhead(found, at: now) else {
            throw .authTimeChanged(expected: expected, found: found)
        }
        notes.note(.authenticationTime, form: "later than that of the login, which the settings accept")
    }

    // No token has an empty nonce: if the login had none, no nonce is right.
    private func requireNonce(_ claims: Claims) throws(ClaimError) {
        guard let nonce else { return try requireSecretly(.nonce, toBe: "", in: claims) }
        try requireSecretly(.nonce, toBe: nonce, in: claims)
    }

    // Core §3.1.3.7 item 13. The time the user took to log in is not limited by the leeway, only the
    // clocks' difference is.
    private func requireRecent(_ authTime: UnixTime?, at now: UnixTime) throws(ClaimError) {
        guard let maxAge else { return }
        guard let authTime else { throw .missing(.authenticationTime) }
        let end = authTime.adding(seconds: max(maxAge, 0)).adding(seconds: 1)
        guard !leeway.liesAhead(authTime, at: now), !leeway.hasPassed(end, at: now) else {
            throw .authenticationTime(age: now.duration(since: authTime), maxAge: .seconds(maxAge))
        }
    }

    private func requireACR(_ claims: Claims) throws(ClaimError) {
        guard try claims.required(.acr).kind != .null else { throw .missing(.acr) }
        let acr = try claims.requiredText(.acr)
        guard acceptedACRs.contains(where: acr.hasSameOctets) else { throw .mismatch(.acr) }
    }
}

// Core §3.1.3.6: the left half of the hash that belongs to the header's algorithm
extension IDTokenExpectations {
    private func requireHashes(
        _ claims: Claims, algorithm: JWSAlgorithm, noting notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        if let accessToken {
            try requireHash(.atHash, of: accessToken.exposedText, in: claims, algorithm: algorithm, noting: &notes)
        }
        if let code {
            try requireHash(.codeHash, of: code.exposedText, in: claims, algorithm: algorithm, noting: &notes)
        }
    }

    private func requireHash(
        _ name: ClaimName, of text: String, in claims: Claims, algorithm: JWSAlgorithm,
        noting notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        guard claims.optional(name, noting: &notes) != nil else { return }
        let size = algorithm.hash ?? (edDSAHash == .sha512 ? .bits512 : .bits256)
        guard let digest = try? SHA2.hash(Array(text.utf8), size: size) else { throw .mismatch(name) }
        let expected = Base64URL.encode(digest.prefix(size.byteCount / 2))
        try requireSecretly(name, toBe: expected, in: claims)
        guard algorithm.hash == nil, edDSAHash == .sha256 else { return }
        notes.note(name, form: "SHA-256 under EdDSA, which the settings name")
    }

    /// Throws unless the claim is exactly `expected`; how long that takes does not tell where they differ.
    private func requireSecretly(
        _ name: ClaimName, toBe expected: String, in claims: Claims
    ) throws(ClaimError) {
        let isEqual = claims.json.withText(try claims.required(name)) { text in
            text.isEmpty ? nil : expected.withOctets { ConstantTime.equal(text, $0) }
        }
        guard let isEqual, let isEqual else { throw .malformed(name) }
        guard isEqual else { throw .mismatch(name) }
    }
}
