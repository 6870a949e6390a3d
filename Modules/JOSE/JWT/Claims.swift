import OAuthTypes
import WireFormats

extension ScannedObject {
    /// The member of exactly that name.
    func member(_ name: ClaimName) -> Member? {
        guard let scanned = name.scanned else { return member(name.rawValue) }
        return member(scanned)
    }

    /// The claim, which must be there.
    func required(_ name: ClaimName) throws(ClaimError) -> Member {
        guard let member = member(name) else { throw .missing(name) }
        return member
    }

    /// The text of a claim, which must be there and a string with at least one character.
    func requiredText(_ name: ClaimName) throws(ClaimError) -> String {
        guard let text = text(try required(name)), !text.isEmpty else { throw .malformed(name) }
        return text
    }

    /// The text of a claim, which if it is there must be a string with at least one character.
    func optionalText(_ name: ClaimName) throws(ClaimError) -> String? {
        member(name) == nil ? nil : try requiredText(name)
    }

    /// The time in a claim, which must be there.
    func requiredTime(_ name: ClaimName) throws(ClaimError) -> UnixTime {
        guard let time = time(try required(name)) else { throw .malformed(name) }
        return time
    }

    /// The time in a claim, if it is there.
    func optionalTime(_ name: ClaimName) throws(ClaimError) -> UnixTime? {
        member(name) == nil ? nil : try requiredTime(name)
    }

    /// Throws unless the claim is exactly `expected`, octet by octet.
    func require(_ name: ClaimName, toBe expected: String) throws(ClaimError) {
        let member = try required(name)
        guard member.kind == .string else { throw .malformed(name) }
        guard isText(member, expected) else { throw mismatch(name, member, expected) }
    }

    private func mismatch(_ name: ClaimName, _ member: Member, _ expected: String) -> ClaimError {
        guard name.isShown else { return .mismatch(name) }
        return .mismatch(name, Mismatch(expected: [expected], found: [text(member) ?? ""]))
    }

    /// Throws when the claim is there.
    func forbid(_ name: ClaimName) throws(ClaimError) {
        guard member(name) == nil else { throw .forbidden(name) }
    }

    /// Throws when one of these claims is there.
    func forbid(_ names: [ClaimName]) throws(ClaimError) {
        for name in names { try forbid(name) }
    }

    /// The strings of a claim that is an array of non-empty strings; nil for anything else.
    func texts(_ member: Member) -> [String]? {
        guard let elements = value(member)?.arrayValue else { return nil }
        let texts = elements.compactMap(\.stringValue)
        return texts.count == elements.count && !texts.contains("") ? texts : nil
    }

    /// `aud`, which is one string or an array of strings (RFC 7519 §4.1.3).
    func audience() throws(ClaimError) -> [String] {
        let member = try required(.audience)
        if let one = text(member), !one.isEmpty { return [one] }
        guard let several = texts(member) else { throw .malformed(.audience) }
        return several
    }

    /// Throws unless the token is valid at `now`; returns when it is. `notBefore` is its `nbf`, if it has one.
    func requireValid(
        at now: UnixTime, _ leeway: ClockLeeway, notBefore: Member?
    ) throws(ClaimError) -> Validity {
        var validity = Validity(
            expiresAt: try requiredTime(.expiration), issuedAt: try requiredTime(.issuedAt), notBefore: nil)
        try validity.require(at: now, leeway)
        guard let notBefore else { return validity }
        guard let time = time(notBefore) else { throw .malformed(.notBefore) }
        validity.notBefore = time
        try validity.require(at: now, leeway)
        return validity
    }

    /// `sub` (OpenID Connect Core §2): 1 to 255 ASCII characters.
    func subject() throws(ClaimError) -> SubjectID {
        guard let subject = try? SubjectID(requiredText(.subject)) else {
            throw member(.subject) == nil ? .missing(.subject) : .malformed(.subject)
        }
        return subject
    }

    /// Throws unless there is a `sub`, as ``subject()`` does, and builds nothing.
    func requireSubject() throws(ClaimError) {
        guard withText(try required(.subject), SubjectID.isValid) ?? false else { throw .malformed(.subject) }
    }
}
