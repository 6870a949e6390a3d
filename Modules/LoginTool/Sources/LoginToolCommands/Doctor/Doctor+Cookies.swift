import LoginFlow
import OAuthTypes

extension Doctor {
    /// Name and flags of the cookie that the flow really sets, against the app's origin.
    func cookieFindings(_ login: StartedLoginReply) -> [Finding] {
        guard let cookie = login.reply?.fields.values(named: "Set-Cookie").first, login.fault == nil else { return [] }
        let name = cookie.prefix { $0 != "." && $0 != "=" }
        let flags = cookie.split(separator: ";").dropFirst().map { $0.drop { $0 == " " } }
        let isSecure = flags.contains("Secure") && name.hasPrefix("__Host-")
        let origin = settings.baseURL.origin
        guard origin.scheme == "https" else {
            return [
                Finding(
                    .ok, of: "cookies",
                    text: "\(origin) is http on loopback: cookies without Secure and __Host-, named \(name)…",
                    fix: "development only; open the app as \(origin), since \(other(origin)) would not get the cookies"
                )
            ]
        }
        guard isSecure else {
            return [
                Finding(.problem, of: "cookies", text: "\(origin) is https, but the cookie \(name)… is not bound to it")
            ]
        }
        return [
            Finding(.ok, of: "cookies", text: "\(name)…: Secure, HttpOnly, SameSite=Lax, bound to \(origin) by __Host-")
        ]
    }

    private func other(_ origin: Origin) -> String { origin.host == "localhost" ? "127.0.0.1" : "localhost" }

    /// What a proxy or a browser has to be told.
    var proxyFindings: [Finding] {
        let origin = settings.baseURL.origin
        var findings: [Finding] = []
        if origin.scheme == "https" {
            findings.append(
                Finding(
                    .ok, of: "proxy",
                    text: "the app's origin is \(origin), whatever Host, X-Forwarded-Proto and -Host say",
                    fix: "behind a proxy let it append X-Forwarded-For, and give the number of your proxies to "
                        + "ClientAddress(peer:fields:proxies:)"))
        }
        let variables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].filter { settings.variable($0) != nil }
        if let name = variables.first {
            findings.append(
                Finding(
                    .warning, of: "outgoing-proxy", text: "\(name) is set, and CurlTransport ignores it by default",
                    fix: "if requests must go through it, create CurlConfiguration(proxy: .environment)"))
        }
        return findings
    }
}
