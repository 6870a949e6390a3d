import LoginEnvironment
import LoginFlow
import OAuthTypes

/// A login of which the environment decides everything but the app's own pages and logs.
func environmentLogin(observers: [any FlowObserver]) -> ConfiguredLogin {
    ConfiguredLogin.orExit { settings, environment in
        settings.routes.afterLogout = "/goodbye"
        environment.observers = observers
    }
}
