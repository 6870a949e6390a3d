public import LoginFlow

/// The flow's own pages in German.
public enum GermanPages {
    /// Give these to `LoginFlow.Environment.pages`.
    public static let pages = LoginPages { Array(document($0).utf8) }

    private static func document(_ page: LoginPage) -> String {
        switch page {
        case .problem(let problem): frame(Wording(problem).title, body(of: problem))
        case .logoutConfirmation(let path, let token):
            frame("Abmelden?", form("logout", to: path, [("csrf_token", token)], button: "Abmelden"))
        case .alreadyLoggedOut(let home):
            frame("Sie sind abgemeldet", "<p><a href=\"\(escaped(home))\">Zur Startseite</a></p>")
        case .providerForm(let request):
            frame(
                title(of: request.purpose),
                "<p>\(advice(of: request.purpose))</p>"
                    + form("continue", to: request.action, request.fields, button: "Weiter")
                    // Right after the form, and in these very words: the page's policy allows no others.
                    + (request.script.map { "<script>\($0)</script>" } ?? ""))
        }
    }

    private static func title(of purpose: ProviderForm.Purpose) -> String {
        switch purpose {
        case .login: "Weiter zur Anmeldung"
        case .logout: "Sie sind hier abgemeldet"
        case .response: "Zurück vom Anmeldedienst"
        }
    }

    private static func advice(of purpose: ProviderForm.Purpose) -> String {
        switch purpose {
        case .login: "Sie melden sich dort an und kommen dann hierher zurück."
        case .logout: "Beim Anmeldedienst sind Sie vielleicht noch angemeldet. Melden Sie sich auch dort ab."
        case .response: "Hier geht es von selbst weiter. Wenn nicht, drücken Sie den Knopf."
        }
    }

    private static func body(of problem: FlowProblem) -> String {
        let retry = problem.retryPath.map { "<p><a href=\"\(escaped($0))\">Noch einmal versuchen</a></p>" } ?? ""
        return """
            <p>\(escaped(Wording(problem).advice))</p>\(retry)\
            <p>Kennung: <code>\(escaped(problem.correlationID))</code></p>
            """
    }

    private static func form(
        _ id: String, to path: String, _ fields: [(name: String, value: String)], button: String
    ) -> String {
        let hidden = fields.map {
            "<input type=\"hidden\" name=\"\(escaped($0.name))\" value=\"\(escaped($0.value))\">"
        }
        return """
            <form id="\(id)" method="post" action="\(escaped(path))">\(hidden.joined())\
            <button type="submit">\(button)</button></form>
            """
    }

    private static func frame(_ title: String, _ body: String) -> String {
        """
        <!doctype html><html lang="de"><head><meta charset="utf-8">\
        <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(escaped(title))</title></head>\
        <body><main><h1>\(escaped(title))</h1>\(body)</main></body></html>
        """
    }

    private static func escaped(_ text: String) -> String {
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.reduce(into: "") { $0 += entities[$1] ?? String($1) }
    }
}
