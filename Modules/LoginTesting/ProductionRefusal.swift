import OAuthTypes

/// Refuses to work where real users log in: `LOGIN_ENV` says `production`, in whatever case.
enum ProductionRefusal {
    static func check() throws(LoginTestingError) {
        let environment = EnvironmentVariables.process["LOGIN_ENV"]
        guard environment?.filter({ !$0.isWhitespace }).lowercased() != "production" else { throw .production }
    }
}
