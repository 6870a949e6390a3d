import OAuthTypes
import WireFormats

/// One question of a batch.
struct BatchLine {
    /// The content of a line; nil where the options of the command line apply.
    struct Content {
        let token: String
        let keySet: [UInt8]?
        let profile: String?
        let algorithms: [String]?
        let maxAge: Int64?
        let accessToken: AccessToken?
    }

    /// The identifier of the line, a string or a number; null if it could not be read.
    let id: JSONValue
    private let members: JSONObject?

    /// Reads a line. It never fails; ``content()`` does.
    init(_ octets: [UInt8]) {
        members = (try? JSONValue(reading: octets, upTo: Batch.lineLimit))?.objectValue
        switch members?["id"] {
        case .string(let text): id = .string(text)
        case .number(let number): id = .number(number)
        default: id = .null
        }
    }

    static func malformed(_ name: String) -> RejectionError {
        RejectionError("malformed_line", words: "the member \(name) is missing or of the wrong type")
    }

    /// - Throws: ``RejectionError`` with the code `malformed_line` if a member is missing or of the wrong type.
    func content() throws(RejectionError) -> Content {
        guard let members else { throw RejectionError("malformed_line", words: "the line is not a strict JSON object") }
        guard id != .null else { throw Self.malformed("id") }
        guard let token = try Self.text("token", of: members) else { throw Self.malformed("token") }
        return Content(
            token: token, keySet: try Self.text("jwks", of: members).map { Array($0.utf8) },
            profile: try Self.text("profile", of: members), algorithms: try Self.algorithms(members),
            maxAge: try Self.maxAge(members),
            accessToken: try Self.text("access_token", of: members).map(AccessToken.init))
    }

    private static func member(_ name: String, of members: JSONObject) -> JSONValue? {
        guard let value = members[name], value != .null else { return Optional.none }
        return value
    }

    private static func text(_ name: String, of members: JSONObject) throws(RejectionError) -> String? {
        guard let value = member(name, of: members) else { return nil }
        guard let text = value.stringValue else { throw malformed(name) }
        return text
    }

    private static func algorithms(_ members: JSONObject) throws(RejectionError) -> [String]? {
        guard let value = member("alg", of: members) else { return nil }
        guard let elements = value.arrayValue else { throw malformed("alg") }
        let names = elements.compactMap(\.stringValue)
        guard names.count == elements.count else { throw malformed("alg") }
        return names
    }

    private static func maxAge(_ members: JSONObject) throws(RejectionError) -> Int64? {
        guard let value = member("max_age", of: members) else { return nil }
        guard let seconds = value.intValue, seconds >= 0 else { throw malformed("max_age") }
        return Int64(seconds)
    }
}
