import OAuthTypes
import WireFormats

/// The members of a published key, with their deviations: null counts as absent, an empty member is ignored, and
/// numbers may be written in the other alphabet or with padding.
struct JWKMembers {
    /// A member of a key, by its name on the wire and in the form of a scanner.
    struct Name: Sendable {
        private let wireName: StaticString
        let scanned: JSONName

        init(_ wireName: StaticString) {
            self.wireName = wireName
            scanned = JSONName("\(wireName)")
        }

        var text: String { wireName.description }

        static let kty = Name("kty")
        static let use = Name("use")
        static let operations = Name("key_ops")
        static let kid = Name("kid")
        static let alg = Name("alg")
        static let n = Name("n")
        static let e = Name("e")
        static let crv = Name("crv")
        static let x = Name("x")
        static let y = Name("y")
        static let issuer = Name("issuer")
    }

    // RFC 7518 §6.2.2, §6.3.2, §6.4.1; RFC 8037 §2
    private static let privateNames = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]
    private static let scannedPrivateNames = privateNames.map { JSONName($0) }

    private let json: ScannedObject
    private(set) var deviations: [ProviderDeviation] = []

    init(_ json: ScannedObject) {
        self.json = json
    }

    /// Whether one of the private members is present with content. An empty one contains no secret.
    mutating func holdSecret() -> Bool {
        guard Self.scannedPrivateNames.contains(where: { json.member($0) != nil }) else { return false }
        for name in Self.privateNames {
            guard let member = json.member(name) else { continue }
            guard isEmpty(member) else { return true }
            note(name, form: "an empty private member, read as absent")
        }
        return false
    }

    private func isEmpty(_ member: ScannedObject.Member) -> Bool {
        switch member.kind {
        case .null: true
        case .string: json.isText(member, equalTo: "")
        case .array, .object: member.isEmptyCollection(in: json.octets)
        case .true, .false, .number: false
        }
    }

    /// The text of a required member.
    func text(_ name: Name) -> String? {
        json.member(name.scanned).flatMap(json.text)
    }

    /// The text of an optional member; an empty one is ignored.
    @inline(__always)
    mutating func optionalText(_ name: Name) throws(JWKError) -> ScannedObject.Member? {
        guard let member = json.member(name.scanned) else { return nil }
        // Two quotation marks are an empty string.
        if member.kind == .string, member.value.count > 2 { return member }
        guard member.kind == .string || member.kind == .null else { throw JWKError(.malformed(name.text)) }
        note(name.text, form: member.kind == .null ? "null, read as absent" : "empty, read as absent")
        return nil
    }

    func isText(_ member: ScannedObject.Member, equalTo text: String) -> Bool { json.isText(member, equalTo: text) }

    /// The text of a required member.
    func requiredText(_ name: Name) -> ScannedObject.Member? {
        guard let member = json.member(name.scanned), member.kind == .string else { return nil }
        return member
    }

    /// `kid`. The empty name is a name like any other.
    @inline(__always)
    mutating func keyID() throws(JWKError) -> KeyID? {
        guard let member = json.member(Name.kid.scanned) else { return nil }
        if let keyID = json.withText(member, perform: KeyID.init(octets:)) ?? nil { return keyID }
        guard member.kind == .null else { throw JWKError(.malformed(Name.kid.text)) }
        note(Name.kid.text, form: "null, read as absent")
        return nil
    }

    /// `key_ops`. An empty list permits nothing.
    @inline(__always)
    mutating func operations() throws(JWKError) -> [JSONValue]? {
        guard let member = present(.operations) else { return nil }
        guard let names = json.value(member)?.arrayValue else { throw JWKError(.malformed(Name.operations.text)) }
        return names
    }

    /// A number in the fewest octets (RFC 7518 §2), however many zeros it was written with: a key has one thumbprint.
    mutating func number(_ name: Name) throws(JWKError) -> [UInt8] {
        let octets = try octets(name, count: 1...2_049)
        return octets.first == 0 ? Array(octets.drop { $0 == 0 }) : octets
    }

    /// `issuer`, which no standard knows: the issuer whose tokens the key signs, where several share a set. One that is no
    /// text fits no issuer.
    @inline(__always)
    func issuer() -> String? {
        json.member(Name.issuer.scanned).map { json.text($0) ?? "" }
    }

    /// The octets of a base64url member; their number is checked before they are decoded.
    mutating func octets(_ name: Name, count: ClosedRange<Int>) throws(JWKError) -> [UInt8] {
        guard let member = json.member(name.scanned) else { throw JWKError(.malformed(name.text)) }
        let strict = json.withText(member) { text -> [UInt8]? in
            guard let found = Base64URL.decodedCount(ofEncodedCount: text.count), count.contains(found) else {
                return nil
            }
            return Base64URL.decode(text)
        }
        if let strict, let strict { return strict }
        return try oddOctets(of: member, named: name, count: count)
    }

    private mutating func oddOctets(
        of member: ScannedObject.Member, named name: Name, count: ClosedRange<Int>
    ) throws(JWKError) -> [UInt8] {
        let decoded = json.withText(member) { AnyBase64($0, octets: count) }
        guard let decoded, let decoded else { throw JWKError(.malformed(name.text)) }
        if decoded.isPadded { note(name.text, form: "base64url with padding") }
        if decoded.isStandardAlphabet { note(name.text, form: "the standard Base64 alphabet instead of base64url") }
        return decoded.octets
    }

    private mutating func present(_ name: Name) -> ScannedObject.Member? {
        guard let member = json.member(name.scanned) else { return nil }
        guard member.kind == .null else { return member }
        note(name.text, form: "null, read as absent")
        return nil
    }

    private mutating func note(_ name: String, form: StaticString) {
        deviations.note(ProviderDeviation(.keySet, name, form: form))
    }
}

extension ScannedObject.Member {
    /// Whether only white space is between its brackets.
    fileprivate func isEmptyCollection(in octets: [UInt8]) -> Bool {
        octets[value].dropFirst().dropLast().allSatisfy { $0 <= 0x20 }
    }
}
