#if Hummingbird

    import DevAuthServer
    import Hummingbird
    import HummingbirdDevAuthServer
    import OAuthTypes

    /// The login server of an app under development. Add it to the services of the app, or run it alone.
    func developmentLogin(environment: String?) throws -> Application<DevAuthServerResponder> {
        let server = try DevAuthServer(
            issuer: Issuer("http://localhost:9000", allowing: .loopback),
            clients: [
                DevClient(
                    id: ClientID("shop"), name: "Shop", secret: ClientSecret("a secret of the development"),
                    redirectURIs: [EndpointURL("http://localhost:8080/callback", allowing: .loopback)])
            ],
            accounts: DevAccount.samples(random: .system), apiAudience: "https://api.example", environment: environment)
        return server.application()
    }

#endif
