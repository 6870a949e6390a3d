import OAuthTypes

/// Refuses to work where real users log in: `LOGIN_ENV` says `production`, in whatever case.
enum ProductionRefusal {
    static func check() throws(LoginTestingError) {
        guard !EnvironmentVariables.meansProduction(EnvironmentVariables.process["LOGIN_ENV"]) else {
            throw .production
        }
    }
}
