import OAuthTypes
import WireFormats

/// One question of a batch.
struct BatchLine {
    /// What a line says about its token; nil where the command line decides.
    struct Content {
        let token: String
        let keySet: [UInt8]?
        let profile: String?
        let algorithms: [String]?
        let maxAge: Int64?
        let accessToken: AccessToken?
    }

    /// The line's name for itself, a string or a number; null when it could not be read.
    let id: JSONValue
    private let members: JSONObject?

    /// Reads a line, whatever it holds.
    init(_ octets: [UInt8]) {
        members = (try? JSONValue(reading: octets, upTo: Batch.lineLimit))?.objectValue
        switch members?["id"] {
        case .string(let text): id = .string(text)
        case .number(let number): id = .number(number)
        default: id = .null
        }
    }

    static func malformed(_ name: String) -> Refusal {
        Refusal("malformed_line", "the member \(name) is missing or of the wrong type")
    }

    /// - Throws: ``Refusal`` with the code `malformed_line` when a member is missing or of the wrong type.
    func content() throws(Refusal) -> Content {
        guard let members else { throw Refusal("malformed_line", "the line is no strict JSON object") }
        guard id != .null else { throw Self.malformed("id") }
        guard let token = try Self.text("token", members) else { throw Self.malformed("token") }
        return Content(
            token: token, keySet: try Self.text("jwks", members).map { Array($0.utf8) },
            profile: try Self.text("profile", members), algorithms: try Self.algorithms(members),
            maxAge: try Self.maxAge(members), accessToken: try Self.text("access_token", members).map(AccessToken.init))
    }

    private static func member(_ name: String, _ members: JSONObject) -> JSONValue? {
        guard let value = members[name], value != .null else { return Optional.none }
        return value
    }

    private static func text(_ name: String, _ members: JSONObject) throws(Refusal) -> String? {
        guard let value = member(name, members) else { return nil }
        guard let text = value.stringValue else { throw malformed(name) }
        return text
    }

    private static func algorithms(_ members: JSONObject) throws(Refusal) -> [String]? {
        guard let value = member("alg", members) else { return nil }
        guard let elements = value.arrayValue else { throw malformed("alg") }
        let names = elements.compactMap(\.stringValue)
        guard names.count == elements.count else { throw malformed("alg") }
        return names
    }

    private static func maxAge(_ members: JSONObject) throws(Refusal) -> Int64? {
        guard let value = member("max_age", members) else { return nil }
        guard let seconds = value.intValue, seconds >= 0 else { throw malformed("max_age") }
        return Int64(seconds)
    }
}
