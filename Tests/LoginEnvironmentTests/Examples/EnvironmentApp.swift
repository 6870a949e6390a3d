import LoginEnvironment
import LoginFlow
import OAuthTypes

/// A login of which the environment decides everything but the app's own pages and logs.
func environmentLogin(observers: [any FlowObserver]) throws -> ConfiguredLogin {
    let login = try ConfiguredLogin { settings, environment in
        settings.routes.afterLogout = "/goodbye"
        environment.observers = observers
    }
    for warning in login.warnings { print("warning: \(warning)") }
    return login
}
