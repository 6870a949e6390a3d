import LoginFlow
import OAuthTypes

/// The limits of common proxies with their default settings, in octets (Docs/Guides/BehindAProxy.md).
enum HeaderBudget {
    static let nginx = 4096
    static let apacheField = 8190
    static let haproxy = 15_200
    /// A cookie with name and attributes.
    static let cookie = 4096
    /// Status line, and what servers and apps add.
    static let share = 250

    static func head(_ fields: [HeaderField]) -> Int {
        fields.reduce(share) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }
}

extension Doctor {
    func headerFindings(_ login: StartedLoginReply) -> [Finding] {
        guard let reply = login.reply, login.fault == nil else { return [] }
        let head = HeaderBudget.head(reply.fields)
        let pending = reply.fields.values(named: "Set-Cookie").map(\.utf8.count).max() ?? 0
        let start = "the first response of a login has a head of \(head) octets, \(pending) of them its cookie"
        let first =
            head <= HeaderBudget.nginx
            ? Finding(.ok, of: "header-size", text: "\(start); nginx accepts \(HeaderBudget.nginx), others more")
            : Finding(
                .problem, of: "header-size", text: "\(start); nginx accepts \(HeaderBudget.nginx)",
                fix: "in nginx set: proxy_buffer_size 8k; proxy_buffers 8 16k;")
        return [first, sessionFinding]
    }

    private var sessionFinding: Finding {
        guard let count = settings.cookieSessions else {
            return Finding(.ok, of: "session-size", text: "sessions are in a store: their cookie has some 150 octets")
        }
        let cookies = count * HeaderBudget.cookie
        var settings = [
            "nginx: proxy_buffer_size \(buffer(count)); proxy_buffers 8 16k; large_client_header_buffers 4 32k;"
        ]
        if cookies > HeaderBudget.apacheField { settings.append("Apache: LimitRequestFieldSize \(cookies + 4096)") }
        if cookies > HeaderBudget.haproxy - HeaderBudget.cookie { settings.append("HAProxy: tune.bufsize 32768") }
        return Finding(
            .warning, of: "session-size",
            text:
                "a session takes up to \(cookies) octets in \(count) cookies; by default nginx accepts \(HeaderBudget.nginx) "
                + "octets of response head, Apache \(HeaderBudget.apacheField) of the Cookie field, HAProxy "
                + "\(HeaderBudget.haproxy) in all, Caddy far more",
            fix: "behind a proxy set " + settings.joined(separator: " ") + " Or keep sessions in a store")
    }

    // 4k for each cookie and 4k for the rest, rounded up to what the guide names.
    private func buffer(_ cookies: Int) -> String {
        switch cookies {
        case 1: "8k"
        case 2, 3: "16k"
        default: "32k"
        }
    }
}
