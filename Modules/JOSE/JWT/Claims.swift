import OAuthTypes
import WireFormats

/// The claims of a JWT (RFC 7519 §4). That a signature was checked says nothing yet about what they claim.
struct Claims: Sendable {
    typealias Member = ScannedObject.Member

    /// The payload.
    let json: ScannedObject

    init(_ json: ScannedObject) { self.json = json }

    /// The payload of a token that was verified.
    init(verified token: Span<UInt8>) {
        let dots = token.indices.filter { token[$0] == UInt8(ascii: ".") }
        let payload = dots.count == 2 ? Base64URL.decode(token.extracting(dots[0] + 1..<dots[1])) : nil
        self.init(JSONText(octets: payload ?? []).scanned)
    }

    /// The claim of exactly that name.
    func member(_ name: ClaimName) -> Member? {
        guard let scanned = name.scanned else { return json.member(name.rawValue) }
        return json.member(scanned)
    }

    /// The claim, which must be there.
    func required(_ name: ClaimName) throws(ClaimError) -> Member {
        guard let member = member(name) else { throw .missing(name) }
        return member
    }

    /// The text of a claim, which must be there and a string with at least one character.
    func requiredText(_ name: ClaimName) throws(ClaimError) -> String {
        guard let text = json.text(try required(name)), !text.isEmpty else { throw .malformed(name) }
        return text
    }

    /// The text of a claim, which if it is there must be a string with at least one character.
    func optionalText(_ name: ClaimName) throws(ClaimError) -> String? {
        member(name) == nil ? nil : try requiredText(name)
    }

    /// A `NumericDate` (RFC 7519 §2) without its fraction; nil for another kind of value and outside
    /// the years 1970…9999.
    func time(_ member: Member) -> UnixTime? {
        guard member.kind == .number else { return nil }
        return NumericDate.seconds(json.octets.span.extracting(member.value)).map(UnixTime.init(seconds:))
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
        guard json.isText(member, equalTo: expected) else { throw mismatch(name, at: member, expected: expected) }
    }

    private func mismatch(_ name: ClaimName, at member: Member, expected: String) -> ClaimError {
        guard name.isShown else { return .mismatch(name) }
        return .mismatch(name, Mismatch(expected: [expected], found: [json.text(member) ?? ""]))
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
        guard let elements = json.value(member)?.arrayValue else { return nil }
        let texts = elements.compactMap(\.stringValue)
        return texts.count == elements.count && !texts.contains("") ? texts : nil
    }

    /// Throws unless the token is valid at `now`; returns when it is. `notBefore` is its `nbf`, if it has one.
    func requireValid(
        at now: UnixTime, leeway: ClockLeeway, notBefore: Member?
    ) throws(ClaimError) -> Validity {
        var validity = Validity(
            expiresAt: try requiredTime(.expiration), issuedAt: try requiredTime(.issuedAt), notBefore: nil)
        try validity.require(at: now, leeway: leeway)
        guard let notBefore else { return validity }
        guard let time = time(notBefore) else { throw .malformed(.notBefore) }
        validity.notBefore = time
        try validity.require(at: now, leeway: leeway)
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
        guard json.withText(try required(.subject), perform: SubjectID.isValid) ?? false else {
            throw .malformed(.subject)
        }
    }
}

// What callers read of a token that was taken.
extension Claims {
    /// All claims as a value.
    var object: JSONObject { json.object }

    /// The text of one claim; nil when it is missing or no string.
    func string(_ name: String) -> String? { json.member(name).flatMap(json.text) }

    /// The value of one claim.
    subscript(name: String) -> JSONValue? { json.member(name).flatMap(json.value) }
}
