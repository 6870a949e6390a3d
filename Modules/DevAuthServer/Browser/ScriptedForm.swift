/// A form as a simple scan finds it; enough for pages that quote every attribute.
package struct ScriptedForm: Sendable {
    package let id: String
    package let action: String
    /// Whether it is posted; otherwise its fields become the query.
    package let isPosted: Bool
    /// Inputs in order, with the values they come with. Buttons are not among them.
    package let fields: [(name: String, value: String)]
    /// What is sent only when it is filled in: text areas, selections, and boxes without a check.
    package let optionalFields: [String]

    package static func all(in page: String) -> [ScriptedForm] {
        page.split(separator: "<form", omittingEmptySubsequences: false).dropFirst().map { rest in
            let form = rest.split(separator: "</form>", omittingEmptySubsequences: false).first ?? rest
            let head = form.prefix { $0 != ">" }
            let inputs = tags("input", in: form).filter { !isButton($0) && attribute("name", of: $0) != nil }
            let others = tags("textarea", in: form) + tags("select", in: form) + inputs.filter(isUnchecked)
            let fields = inputs.filter { !isUnchecked($0) }.map {
                (attribute("name", of: $0) ?? "", attribute("value", of: $0) ?? "")
            }
            return ScriptedForm(
                id: attribute("id", of: head) ?? "", action: attribute("action", of: head) ?? "",
                isPosted: attribute("method", of: head)?.lowercased() == "post", fields: fields,
                optionalFields: others.compactMap { attribute("name", of: $0) })
        }
    }

    private static func tags(_ name: String, in form: Substring) -> [Substring] {
        form.split(separator: "<\(name)", omittingEmptySubsequences: false).dropFirst().map { $0.prefix { $0 != ">" } }
    }

    private static func isButton(_ tag: Substring) -> Bool {
        ["submit", "button", "image", "reset"].contains(attribute("type", of: tag)?.lowercased() ?? "text")
    }

    private static func isUnchecked(_ tag: Substring) -> Bool {
        guard ["checkbox", "radio"].contains(attribute("type", of: tag)?.lowercased() ?? "text") else { return false }
        return tag.firstRange(of: " checked") == nil
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
