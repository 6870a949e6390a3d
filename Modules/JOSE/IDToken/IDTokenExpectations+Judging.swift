import CryptoPrimitives
import OAuthTypes
import WireFormats

extension IDTokenExpectations {
    /// Checks every claim that OpenID Connect Core §3.1.3.7 (or §12.2) names.
    func judge(_ verified: VerifiedClaims, _ raw: RawIDToken, at now: UnixTime) throws(ClaimError) -> IDToken {
        let claims = verified.claims
        var notes: [ProviderDeviation] = []
        if verified.header.type == .unknown {
            notes.note(ProviderDeviation(.idToken, "typ", form: "a type that nobody knows, read as JWT"))
        }
        try claims.forbid(.events)  // RFC 8417 §2.2: a logout token, which a refresh could not tell by its nonce
        try claims.require(.issuer, toBe: issuer.text)
        try claims.requireSubject()
        try requireAudience(claims, &notes)
        let validity = try claims.requireValid(at: now, leeway, notBefore: claims.optional(.notBefore, &notes))
        let authTime = try authTime(claims, &notes)
        try requireOccasion(claims, authTime, at: now, &notes)
        try requireHashes(claims, verified.header.algorithm, &notes)
        try claims.checkSessionID(&notes)
        return IDToken(issuer: issuer, validity, authTime: authTime, raw: raw, notes)
    }

    // Core §3.1.3.7 items 3 to 5
    private func requireAudience(
        _ claims: ScannedObject, _ notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        let member = try claims.required(.audience)
        if !claims.isText(member, clientID.text) {
            let audience = try claims.audience()
            guard audience.contains(where: clientID.text.hasSameOctets), audience.allSatisfy(isTrusted) else {
                throw .audience(expected: [clientID.text], found: audience)
            }
            if !audience.allSatisfy(clientID.text.hasSameOctets) {
                notes.note(.audience, form: "further audiences, which the settings trust")
            }
        }
        guard claims.optional(.authorizedParty, &notes) != nil else { return }
        try claims.require(.authorizedParty, toBe: clientID.text)
    }

    private func isTrusted(_ audience: String) -> Bool {
        audience.hasSameOctets(as: clientID.text) || trustedAudiences.contains(where: audience.hasSameOctets)
    }

    /// `auth_time`. An invalid one is ignored if nothing depends on it.
    private func authTime(
        _ claims: ScannedObject, _ notes: inout [ProviderDeviation]
    ) throws(ClaimError) -> UnixTime? {
        guard let member = claims.optional(.authenticationTime, &notes) else { return nil }
        if let time = claims.time(member) { return time }
        guard maxAge == nil, refresh?.authTime == nil else { throw .malformed(.authenticationTime) }
        notes.note(.authenticationTime, form: "malformed, read as absent")
        return nil
    }

    private func requireOccasion(
        _ claims: ScannedObject, _ authTime: UnixTime?, at now: UnixTime, _ notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        if let refresh {
            try requireSameLogin(refresh, claims, &notes)
            try requireSameAuthTime(refresh, authTime, at: now, &notes)
        } else if acceptsMissingNonce, claims.member(.nonce) == nil {
            notes.note(.nonce, form: "missing, which the settings accept")
            try requireRecent(authTime, at: now)
        } else {
            try requireNonce(claims)
            try requireRecent(authTime, at: now)
        }
        if !acceptedACRs.isEmpty { try requireContextClass(claims) }
    }

    // Core §12.2
    private func requireSameLogin(
        _ login: Refresh, _ claims: ScannedObject, _ notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        guard claims.isText(try claims.required(.subject), login.subject.text) else { throw .subjectChanged }
        if claims.optional(.nonce, &notes) != nil { try requireNonce(claims) }
    }

    // Core §12.2
    private func requireSameAuthTime(
        _ login: Refresh, _ found: UnixTime?, at now: UnixTime, _ notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        guard let found, let expected = login.authTime, found != expected else { return }
        guard refreshedAuthTime == .acceptingNewAuthTime, found > expected, !leeway.liesAhead(found, at: now) else {
            throw .authTimeChanged(expected: expected, found: found)
        }
        notes.note(.authenticationTime, form: "later than that of the login, which the settings accept")
    }

    // No token has an empty nonce: if the login had none, no nonce is right.
    private func requireNonce(_ claims: ScannedObject) throws(ClaimError) {
        guard let nonce else { return try requireSecretly(.nonce, "", claims) }
        try requireSecretly(.nonce, nonce, claims)
    }

    // Core §3.1.3.7 item 13. The time the user took to log in is not limited by the leeway, only the
    // clocks' difference is.
    private func requireRecent(_ authTime: UnixTime?, at now: UnixTime) throws(ClaimError) {
        guard let maxAge else { return }
        guard let authTime else { throw .missing(.authenticationTime) }
        let end = authTime.adding(seconds: max(maxAge, 0)).adding(seconds: 1)
        guard !leeway.liesAhead(authTime, at: now), !leeway.hasPassed(end, at: now) else {
            throw .authenticationTime(age: now.seconds(since: authTime), maxAge: maxAge)
        }
    }

    private func requireContextClass(_ claims: ScannedObject) throws(ClaimError) {
        guard try claims.required(.acr).kind != .null else { throw .missing(.acr) }
        let acr = try claims.requiredText(.acr)
        guard acceptedACRs.contains(where: acr.hasSameOctets) else { throw .mismatch(.acr) }
    }
}

// Core §3.1.3.6: the left half of the hash that belongs to the header's algorithm
extension IDTokenExpectations {
    private func requireHashes(
        _ claims: ScannedObject, _ algorithm: JWSAlgorithm, _ notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        if let accessToken {
            try requireHash(.atHash, of: accessToken.exposedText, claims, algorithm, &notes)
        }
        if let code { try requireHash(.codeHash, of: code.exposedText, claims, algorithm, &notes) }
    }

    private func requireHash(
        _ name: ClaimName, of text: String, _ claims: ScannedObject, _ algorithm: JWSAlgorithm,
        _ notes: inout [ProviderDeviation]
    ) throws(ClaimError) {
        guard claims.optional(name, &notes) != nil else { return }
        let size = algorithm.hash ?? (edDSAHash == .sha512 ? .bits512 : .bits256)
        guard let digest = try? SHA2.hash(Array(text.utf8), size) else { throw .mismatch(name) }
        let expected = Base64URL.encode(digest.prefix(size.byteCount / 2))
        try requireSecretly(name, expected, claims)
        guard algorithm.hash == nil, edDSAHash == .sha256 else { return }
        notes.note(name, form: "SHA-256 under EdDSA, which the settings name")
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
