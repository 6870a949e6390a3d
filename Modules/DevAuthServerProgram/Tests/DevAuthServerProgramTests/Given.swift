import DevAuthServer
import DevAuthServerCommands
import OAuthTypes

/// Files and options.
enum Given {
    static let everything = """
        {
          "port": 21300,
          "audience": "https://orders.example",
          "clients": [{
            "id": "shop", "name": "Shop", "secret": "a secret & more",
            "redirect_uris": ["http://localhost:8080/callback", "http://127.0.0.1:8080/cb?x=1"],
            "post_logout_redirect_uris": ["http://localhost:8080/"],
            "scopes": ["profile", "read:orders"], "audiences": ["https://stock.example"]
          }],
          "accounts": [{
            "username": "carol", "password": "her password", "passwordless": false, "test_provider": true, "sub": "user-7", "name": "Carol Danvers",
            "email": "carol@mail.example", "email_verified": false, "picture": "https://pictures.example/carol.png",
            "claims": { "locale": "fr", "groups": ["staff"] }
          }],
          "scopes": [{ "name": "read:orders", "description": "Read your orders", "required": true }],
          "rules": [
            { "name": "staff only", "username": "carol", "client_id": "shop", "deny": "Staff only." },
            { "add": { "https://shop.example/roles": ["admin"] } }
          ],
          "lifetimes": { "code": 30, "access_token": 60, "id_token": 60, "refresh_token": 600, "page": 120, "login_code": 90 }
        }
        """

    static func client(_ members: String) -> String {
        let all = [#""id": "a""#, #""secret": "s""#, #""redirect_uris": ["http://localhost/"]"#]
        let name = members.prefix { $0 != ":" }
        return #"{"clients": [{\#((all.filter { !$0.hasPrefix(name + ":") } + [members]).joined(separator: ", "))}]}"#
    }

    static func redirect(_ uri: String) -> String {
        """
        {"clients": [{"id": "a", "secret": "s", "redirect_uris": ["http://localhost/"]},
                     {"id": "b", "secret": "s", "redirect_uris": ["\(uri)"]}]}
        """
    }

    static func account(_ members: String) -> String { #"{"accounts": [{"username": "a", \#(members)}]}"# }

    static func rule(_ members: String) -> String { #"{"rules": [{\#(members)}]}"# }

    static func configuration(_ file: String?, options: [String] = []) throws -> Configuration {
        try Configuration(file: file.map { Array($0.utf8) }, options: Options(arguments: options))
    }

    static func faults(_ file: String?, options: [String] = []) -> [SettingFault] {
        do {
            _ = try configuration(file, options: options)
            return []
        } catch let error as SettingsError { return error.faults } catch { return [] }
    }
}
