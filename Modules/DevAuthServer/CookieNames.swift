import OAuthTypes

/// Cookies are shared by all ports of a host, so their names carry the port.
struct CookieNames: Sendable {
    let session: String
    let browser: String

    init(_ origin: Origin) {
        session = "login_flow_dev_session_\(origin.port)"
        browser = "login_flow_dev_browser_\(origin.port)"
    }
}
