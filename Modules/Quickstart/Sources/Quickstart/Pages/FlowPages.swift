import LoginFlow

/// The pages of the flow, in the style of the app.
enum FlowPages {
    static let pages = LoginPages(styleSources: ["'self'"]) { page in Array(document(page).markup.utf8) }

    private static func document(_ page: LoginPage) -> HTML {
        switch page {
        case .problem(let problem): self.problem(problem)
        case .logoutConfirmation(let path, let token): confirmation(path: path, token: token)
        case .alreadyLoggedOut(let home): loggedOut(home: home)
        case .providerForm(let form): continuation(form)
        }
    }

    static func problem(_ problem: FlowProblem) -> HTML {
        let label = needsLogin(problem) ? "Log in" : "Try again"
        let retry: HTML =
            problem.retryPath.map { #"<a id="retry" class="button" href="\#($0)">\#(label)</a>"# } ?? ""
        return Layout.page(
            problem.title, for: .unknown,
            body: """
                <h1>\(problem.title)</h1>
                \(message(problem))
                <div class="actions">\(retry)<a class="button quiet" href="/">Home</a></div>
                <p class="reference">Reference <code id="reference">\(problem.correlationID)</code> · \
                <code id="code">\(problem.code)</code></p>
                """)
    }

    private static func needsLogin(_ problem: FlowProblem) -> Bool {
        problem.retryPath?.hasPrefix("/login") == true
    }

    /// Alarming only if something is broken. A user who refused, or has to wait, did nothing wrong.
    private static func message(_ problem: FlowProblem) -> HTML {
        let look: HTML =
            problem.turn == .operator ? #"class="card bad" role="alert""# : #"class="card calm" role="status""#
        return """
            <div \(look)>
            <p>\(problem.detail)</p>
            <p id="turn">\(next(problem))</p>
            </div>
            """
    }

    private static func next(_ problem: FlowProblem) -> String {
        switch problem.turn {
        case .user: "You can \(needsLogin(problem) ? "log in" : "try") again, or go back to the home page."
        case .operator: "The people who run this site can find the cause by the reference below."
        case .wait: "Nothing is wrong on your side."
        }
    }

    private static func confirmation(path: String, token: String) -> HTML {
        Layout.page(
            "Log out?", for: .unknown,
            body: """
                <h1>Log out?</h1>
                <p class="lead">You will be logged out here and at the authorization server.</p>
                <div class="actions"><form method="post" action="\(path)">\
                <input type="hidden" name="csrf_token" value="\(token)">\
                <button id="logout" type="submit">Log out</button></form>\
                <a class="button quiet" href="/">Stay logged in</a></div>
                """)
    }

    private static func continuation(_ form: ProviderForm) -> HTML {
        let fields = form.fields.map { field -> HTML in
            #"<input type="hidden" name="\#(field.name)" value="\#(field.value)">"#
        }
        let script: HTML = form.script.map { "<script>\($0)</script>" } ?? ""
        return Layout.page(
            form.title, for: .unknown,
            body: """
                <h1>\(form.title)</h1>
                <p class="lead">\(form.detail)</p>
                <div class="actions"><form method="post" action="\(form.action)">\(fields)\
                <button id="continue" type="submit">Continue</button></form>\(script)\
                <a class="button quiet" href="/">Home</a></div>
                """)
    }

    private static func loggedOut(home: String) -> HTML {
        Layout.page(
            "Logged out", for: .visitor,
            body: """
                <h1>You are logged out</h1>
                <div class="actions"><a class="button" href="\(home)">Home</a></div>
                """)
    }
}
