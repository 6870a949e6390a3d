import DevAuthServer
import OAuthTypes
import WireFormats

extension FileReader {
    mutating func rule(_ place: Place) -> ConfiguredRule? {
        guard let members = members(place, as: "rules[]") else { return nil }
        let (username, clientID) = (text(members["username"]), text(members["client_id"]))
        let name = text(members["name"]) ?? place.path
        guard let decision = decision(of: members) else { return nil }
        return ConfiguredRule(path: place.path, name: name, username: username, clientID: clientID, decision: decision)
    }

    private mutating func decision(of members: Members) -> DevRuleDecision? {
        switch (members["deny"], members["add"]) {
        case (let place?, nil): return text(place).map { .deny(reason: $0) }
        case (nil, let place?): return added(place).map { .allowAdding($0) }
        default:
            note(
                members.path, "it has neither or both of deny and add",
                fix: "Give \"deny\" with a reason, or \"add\" with claims.")
            return nil
        }
    }

    private mutating func added(_ place: Place) -> JSONObject? {
        guard let claims = place.value.objectValue else {
            note(place.path, "it is not an object", fix: "Write { \"https://app.example/roles\": [\"admin\"] }.")
            return nil
        }
        for name in claims.members.map(\.name) where ((try? EndpointURL(name))?.path.utf8.count ?? 0) <= 1 {
            note(
                "\(place.path).\(name.shown)", "its name is not an https URL with a path",
                fix: "Use a name such as https://app.example/roles: a rule changes no claim of the protocol.")
        }
        return claims
    }
}
