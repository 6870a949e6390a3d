import OAuthTypes
import WireFormats

extension DevAuthServer {
    func consentPage(for authenticated: AuthenticatedRequest, token: String) -> DevResponse {
        let (request, account) = (authenticated.pending.request, authenticated.session.account)
        let asked = scopes.filter { request.scope.contains($0.name) }
        let choice: HTML =
            asked.allSatisfy(\.isRequired)
            ? "" : "<p class=\"muted\">Leave out what you do not want to allow; the app may then do less.</p>"
        let body: HTML = """
            <h1>Allow \(request.client.name)?</h1>
            <p>You are logged in as <strong>\(account.username)</strong>. <strong>\(request.client.name)</strong> wants to:</p>
            <form method="post" action="\(basePath)/consent" id="consent">
            \(hidden(authenticated.pending.id, token: token))
            <ul class="scopes">
            \(asked.map(box))
            </ul>
            \(details(of: request))
            \(choice)
            <div class="buttons">
            <button type="submit" id="allow" name="action" value="allow">Allow</button>
            <button type="submit" id="deny" class="second" name="action" value="deny">Deny</button>
            </div>
            </form>
            <p class="muted">Afterwards you return to \(request.redirectURI.origin.description).</p>
            """
        return page(title: "Allow \(request.client.name)?", body: body, formTargets: [request.redirectURI.origin])
    }

    private func details(of request: AuthorizationRequest) -> HTML {
        let items: [HTML] = request.details.objects.map { "<li><code>\(JSONWriter.text($0).shown)</code></li>" }
        return items.isEmpty ? "" : "<p>In detail, this once:</p>\n<ul>\n\(items)\n</ul>"
    }

    private func box(for scope: DevScope) -> HTML {
        guard !scope.isRequired else {
            return "<li class=\"fixed\">\(scope.words) <span class=\"muted\">(needed)</span></li>"
        }
        return """
            <li><label><input type="checkbox" name="\(scope.field)" value="on" checked> \
            <span>\(scope.words) <code class="muted">\(scope.name)</code></span></label></li>
            """
    }
}
