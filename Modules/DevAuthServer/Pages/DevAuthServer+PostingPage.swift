import CryptoPrimitives
import OAuthTypes
import WireFormats

extension DevAuthServer {
    private static let script = "document.currentScript.previousElementSibling.submit()"

    /// `'sha256-…'` of the script, the only one that the page's policy allows.
    private static let scriptSource = "'sha256-\(Base64.encode(SHA2.sha256(Array(script.utf8))))'"

    /// The page that posts an authorization response to the app (OAuth 2.0 Form Post Response Mode §2). It goes on by
    /// itself; without scripts a button does the same.
    func postingPage(_ fields: [FormField], to address: ReturnAddress) -> DevResponse {
        let inputs: [HTML] = fields.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
        let body: HTML = """
            <h1>Back to \(address.client.name)</h1>
            <p>This page goes on by itself. If it does not, continue by hand.</p>
            <form method="post" action="\(address.redirectURI.text)" id="response">
            \(inputs)
            <div class="buttons"><button type="submit">Continue</button></div>
            </form><script>\(Self.script)</script>
            """
        return page(
            title: "Back to \(address.client.name)", body: body, formTargets: [address.redirectURI.origin],
            script: Self.scriptSource)
    }
}
