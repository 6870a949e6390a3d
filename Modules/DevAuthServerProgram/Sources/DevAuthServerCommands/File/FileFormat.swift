/// The members of the configuration file, by the object that they stand in. The reader knows no others, and the guide's
/// table is compared with this list.
public enum FileFormat {
    /// Names in the order of the guide. An object in a list is written `clients[]`.
    public static let members: [(object: String, names: [String])] = [
        ("", ["port", "audience", "clients", "accounts", "scopes", "rules", "lifetimes"]),
        (
            "clients[]",
            ["id", "name", "secret", "redirect_uris", "post_logout_redirect_uris", "scopes", "audiences"]
        ),
        (
            "accounts[]",
            [
                "username", "password", "passwordless", "test_provider", "sub", "name", "email", "email_verified",
                "picture", "claims",
            ]
        ),
        ("scopes[]", ["name", "description", "required"]),
        ("rules[]", ["name", "username", "client_id", "deny", "add"]),
        ("lifetimes", ["code", "access_token", "id_token", "refresh_token", "session", "page", "login_code"]),
    ]

    /// Every path, such as `clients[].redirect_uris`.
    public static var paths: [String] {
        members.flatMap { object, names in names.map { object.isEmpty ? $0 : "\(object).\($0)" } }
    }

    static func names(in object: String) -> [String] { members.first { $0.object == object }?.names ?? [] }
}
