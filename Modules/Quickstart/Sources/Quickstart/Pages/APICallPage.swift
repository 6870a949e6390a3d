import LoginFlow
import OAuthTypes

/// `/api-call`
enum APICallPage {
    static func document(_ session: LoginSession, address: String, status: Int, body: String) -> HTML {
        Layout.page(
            "API call", for: .member,
            body: """
                <h1>The API answered</h1>
                <p class="lead">This app called <code>\(address)</code> with your access token.</p>
                <div class="card">
                <h2>Status <span id="api-status">\(String(status))</span></h2>
                <pre id="api-body">\(body)</pre>
                <p class="after">These were <a id="steps" href="\(SequenceDiagram.path(to: .apiCalled))">steps 9 and 10 of your login</a>.</p>
                </div>
                <div class="actions"><a id="profile" class="button" href="/profile">Back to your profile</a>\
                <a class="button quiet" href="/api-call">Call again</a></div>
                """)
    }
}
