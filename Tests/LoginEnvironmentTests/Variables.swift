import OAuthTypes

extension EnvironmentVariables {
    static let secret = "canary-of-the-client-secret-32-octets"
    static let sessionSecret = String(repeating: "a5", count: 32)

    /// A login in production, with changes; nil removes a variable.
    static func complete(_ changes: [String: String?] = [:]) -> EnvironmentVariables {
        var variables: EnvironmentVariables = [
            "LOGIN_ISSUER": "https://login.example/", "LOGIN_CLIENT_ID": "web", "LOGIN_CLIENT_SECRET": secret,
            "LOGIN_BASE_URL": "https://app.example", "LOGIN_SESSION_SECRET": sessionSecret,
            "LOGIN_ENV": "production",
        ]
        for (name, value) in changes { variables[name] = value }
        return variables
    }

    /// A login on loopback.
    static func development(_ changes: [String: String?] = [:]) -> EnvironmentVariables {
        complete(
            [
                "LOGIN_ISSUER": "http://localhost:3001", "LOGIN_BASE_URL": "http://localhost:3000", "LOGIN_ENV": nil,
                "LOGIN_SESSION_SECRET": nil,
            ].merging(changes) { $1 })
    }
}
