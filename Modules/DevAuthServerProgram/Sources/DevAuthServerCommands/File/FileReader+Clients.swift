import DevAuthServer
import OAuthTypes
import WireFormats

extension FileReader {
    mutating func client(_ place: Place) -> DevClient? {
        guard let members = members(place, as: "clients[]") else { return nil }
        _ = requiredText("id", of: members)
        let id = members["id"].flatMap { place in
            place.value.stringValue.map { $0.isEmpty } == false
                ? value(place, fix: "Use visible ASCII characters.") { text throws(IdentifierError) in
                    try ClientID(text)
                } : nil
        }
        let secret = requiredText("secret", of: members)
        let redirectURIs = loopbackURLs(members["redirect_uris"])
        if members["redirect_uris"]?.elements?.isEmpty ?? true {
            note(
                members.path(of: "redirect_uris"), "there is none",
                fix: "Add the address of the app's callback, such as [\"http://localhost:8080/callback\"].")
        }
        let (scope, audiences) = (scope(members["scopes"]), list(members["audiences"]).compactMap { text($0) })
        let (name, after) = (text(members["name"]), loopbackURLs(members["post_logout_redirect_uris"]))
        guard let id, let secret else { return nil }
        return DevClient(
            id: id, name: name ?? id.text, secret: ClientSecret(secret), redirectURIs: redirectURIs,
            postLogoutRedirectURIs: after, scope: scope, audiences: audiences)
    }

    /// The values that a client may request; nil for all of them.
    private mutating func scope(_ place: Place?) -> Scope? {
        guard let place else { return nil }
        let values = list(place).compactMap { element in
            value(element, fix: "Write one scope value, such as \"profile\".") { text throws(IdentifierError) in
                _ = try Scope([text])
                return text
            }
        }
        return try? Scope(values)
    }
}
