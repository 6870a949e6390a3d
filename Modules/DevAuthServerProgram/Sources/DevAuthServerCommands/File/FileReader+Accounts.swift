import DevAuthServer
import OAuthTypes
import WireFormats

extension FileReader {
    mutating func account(_ place: Place) -> DevAccount? {
        guard let members = members(place, as: "accounts[]") else { return nil }
        let username = requiredText("username", of: members)
        let password = members["password"].flatMap { $0.value.boolValue == false ? nil : text($0) }
        let options = loginOptions(members)
        let (name, email) = (text(members["name"]), text(members["email"]))
        let isVerified = bool(members["email_verified"]) ?? true
        let (picture, claims) = (picture(members["picture"]), claims(members["claims"]))
        let given = value(members["sub"], fix: "Use 1 to 255 visible ASCII characters.") {
            text throws(IdentifierError) in try SubjectID(text)
        }
        guard let username else { return nil }
        guard let subject = given ?? (try? SubjectID("dev-\(username)")) else {
            if members["sub"] == nil {
                note(
                    members.path(of: "sub"), "it cannot be made from the user name", fix: "Add \"sub\", in ASCII.")
            }
            return nil
        }
        return DevAccount(
            username: username, password: password.map(DevPassword.init) ?? Defaults.password(of: username),
            subject: subject,
            name: name ?? username, email: email ?? Defaults.email(of: username), isEmailVerified: isVerified,
            picture: picture, claims: claims, loginOptions: options)
    }

    private mutating func loginOptions(_ members: Members) -> Set<DevLoginOption> {
        var options = Set<DevLoginOption>.all
        if members["password"]?.value.boolValue == false { options.remove(.password) }
        if bool(members["passwordless"]) == false { options.remove(.emailCode) }
        if bool(members["test_provider"]) == false { options.remove(.testProvider) }
        if options.isEmpty {
            note(
                members.path, "it has no way to log in",
                fix: "Leave out \"password\": false, \"passwordless\": false or \"test_provider\": false.")
        }
        return options
    }

    private mutating func picture(_ place: Place?) -> DevPicture {
        guard let place else { return .initials }
        if place.value.boolValue == false { return .none }
        let url = value(place, fix: "Write the URL of a picture, or false for an account without one.") {
            text throws(IdentifierError) in try EndpointURL(text, allowing: .loopback)
        }
        return url.map(DevPicture.url) ?? .none
    }

    private mutating func claims(_ place: Place?) -> JSONObject {
        guard let place else { return [:] }
        guard let claims = place.value.objectValue else {
            note(place.path, "it is not an object", fix: "Write { \"locale\": \"en\" }.")
            return [:]
        }
        for name in claims.members.map(\.name) where DevAccount.reservedClaims.contains(name) {
            note(
                "\(place.path).\(name)", "it is a claim of the protocol or has a setting of its own",
                fix: "Leave it out here.")
        }
        return claims
    }
}
