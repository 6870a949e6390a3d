import DevAuthServer
import OAuthTypes
import WireFormats

extension FileReader {
    static let limit = 1 << 20

    /// Reads the whole file into `configuration`.
    mutating func read(_ octets: [UInt8], into configuration: inout Configuration) {
        let value: JSONValue
        do { value = try JSONValue(reading: octets, upTo: Self.limit) } catch {
            return note("the file", "it is not strict JSON: \(error)", fix: "Correct it there.")
        }
        guard let file = members(Place(path: "", value: value), as: "") else { return }
        if let port = number(file["port"], in: 1...65_535, of: "a port") { configuration.port = UInt16(port) }
        if let audience = text(file["audience"]) { configuration.audience = audience }
        configuration.scopes = list(file["scopes"]).compactMap { scope($0) }
        configuration.clients = list(file["clients"]).compactMap { client($0) }
        configuration.accounts = list(file["accounts"]).compactMap { account($0) }
        configuration.rules = list(file["rules"]).compactMap { rule($0) }
        if let place = file["lifetimes"] { lifetimes(place, into: &configuration.lifetimes) }
    }

    private mutating func scope(_ place: Place) -> DevScope? {
        guard let members = members(place, as: "scopes[]"), let name = scopeName(members["name"], of: members) else {
            return nil
        }
        return DevScope(
            name, words: text(members["description"]) ?? "Use \(name)", isRequired: bool(members["required"]) ?? false)
    }

    private mutating func scopeName(_ place: Place?, of members: Members) -> String? {
        guard let name = requiredText("name", of: members) else { return nil }
        guard let scope = try? Scope([name]), !scope.isEmpty, !OptionReader.standardScopes.contains(name) else {
            note(
                members.path(of: "name"), "it is no scope value of an API",
                fix:
                    "Use letters, digits and signs without spaces. openid, profile, email and offline_access are there."
            )
            return nil
        }
        return name
    }

    private mutating func lifetimes(_ place: Place, into lifetimes: inout DevLifetimes) {
        guard let members = members(place, as: "lifetimes") else { return }
        for (name, path) in OptionReader.lifetimes {
            let seconds = number(members[name], in: 1...315_360_000, of: "seconds")
            if let seconds { lifetimes[keyPath: path] = .seconds(seconds) }
        }
    }
}
