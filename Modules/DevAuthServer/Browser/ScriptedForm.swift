/// A form as a simple scan finds it; enough for pages that quote every attribute.
package struct ScriptedForm: Sendable {
    package let id: String
    package let action: String
    /// Inputs in order, with the values they come with. Buttons are not among them.
    package let fields: [(name: String, value: String)]

    package static func all(in page: String) -> [ScriptedForm] {
        page.split(separator: "<form").dropFirst().map { rest in
            let form = rest.split(separator: "</form>", omittingEmptySubsequences: false).first ?? rest
            let head = form.prefix { $0 != ">" }
            let inputs = form.split(separator: "<input").dropFirst().map { $0.prefix { $0 != ">" } }
            let fields = inputs.map { (attribute("name", of: $0) ?? "", attribute("value", of: $0) ?? "") }
            return ScriptedForm(
                id: attribute("id", of: head) ?? "", action: attribute("action", of: head) ?? "", fields: fields)
        }
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"")?.upperBound else { return nil }
        return unescaped(String(tag[start...].prefix { $0 != "\"" }))
    }

    private static func unescaped(_ text: String) -> String {
        let references = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        return references.reduce(text) { text, reference in
            text.split(separator: reference.0, omittingEmptySubsequences: false).joined(separator: reference.1)
        }
    }
}
