import OAuthTypes
import WireFormats

/// The claims of a JWT that an app made: a request object, or an assertion under its secret. The signature is checked
/// already.
struct ClientClaims {
    let object: JSONObject

    /// A claim that is missing or wrong.
    struct ClaimError: Error {
        let claim: String
    }

    // How far the app's clock may differ.
    private static let leeway: Int64 = 60

    init(_ object: JSONObject) { self.object = object }

    func text(_ name: String) throws(ClaimError) -> String {
        guard let text = object[name]?.stringValue, !text.isEmpty else { throw ClaimError(claim: name) }
        return text
    }

    func require(_ name: String, toBe expected: String) throws(ClaimError) {
        guard try text(name).hasSameOctets(as: expected) else { throw ClaimError(claim: name) }
    }

    /// Throws unless one of `names` is the audience and there is no other: another audience could present it here.
    func requireAudience(among names: [String]) throws(ClaimError) {
        let audience = object["aud"]?.arrayValue ?? [object["aud"]].compactMap(\.self)
        let isOurs = audience.allSatisfy { one in names.contains { one.stringValue?.hasSameOctets(as: $0) == true } }
        guard isOurs, !audience.isEmpty else { throw ClaimError(claim: "aud") }
    }

    /// The end of the validity with the leeway, from now at most `lifetime` ahead.
    func requireEnd(at now: UnixTime, within lifetime: Duration) throws(ClaimError) -> UnixTime {
        guard let end = try time("exp") else { throw ClaimError(claim: "exp") }
        let last = end.adding(seconds: Self.leeway)
        guard now < last, end.seconds(since: now.adding(lifetime)) <= Self.leeway else {
            throw ClaimError(claim: "exp")
        }
        for name in ["iat", "nbf"] {
            guard let begin = try time(name) else { continue }
            guard begin.seconds(since: now) <= Self.leeway else { throw ClaimError(claim: name) }
        }
        return last
    }

    private func time(_ name: String) throws(ClaimError) -> UnixTime? {
        guard let value = object[name] else { return nil }
        guard let seconds = value.intValue, seconds >= 0 else { throw ClaimError(claim: name) }
        return UnixTime(seconds: Int64(seconds))
    }
}
