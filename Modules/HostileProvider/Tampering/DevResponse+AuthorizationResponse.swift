import DevAuthServer
import OAuthTypes
import WireFormats

// The authorization response, in a redirect or on a page that posts it.
extension DevResponse {
    mutating func editResponse(by recipe: Recipe, in scene: Scene) {
        guard recipe.response != nil || recipe.signedResponse != nil else { return }
        if status == 303, let location = fields.onlyValue(named: "Location") {
            guard let changed = Self.changed(location, by: recipe, in: scene),
                let field = HeaderField("Location", changed)
            else { return }
            fields = fields.map { $0.isNamed("Location") ? field : $0 }
        } else if let form = ScriptedForm.all(in: String(decoding: body, as: UTF8.self)).first, form.id == "response" {
            let edited = Self.edited(form.fields.map(FormField.init), by: recipe, in: scene)
            body = Self.page(String(decoding: body, as: UTF8.self), posting: edited)
        }
    }

    /// The redirect with other parameters; nil for one that carries no authorization response.
    private static func changed(_ location: String, by recipe: Recipe, in scene: Scene) -> String? {
        let parts = location.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let fields = try? FormEncoding.decode(Array(parts[1].utf8)) else { return nil }
        guard fields.contains(where: { ["code", "error", "response"].contains($0.name) }) else { return nil }
        return parts[0] + "?" + FormEncoding.encode(edited(fields, by: recipe, in: scene))
    }

    private static func edited(_ fields: [FormField], by recipe: Recipe, in scene: Scene) -> [FormField] {
        var fields = fields
        if let edit = recipe.signedResponse {
            fields = fields.map { field in
                guard field.name == "response", let forged = field.value.forged(by: edit, in: scene) else {
                    return field
                }
                return FormField(name: field.name, value: forged)
            }
        }
        recipe.response?(&fields, scene)
        return fields
    }

    private static func page(_ text: String, posting fields: [FormField]) -> [UInt8] {
        guard let first = text.firstRange(of: "<input")?.lowerBound,
            let end = text.firstRange(of: "<div class=\"buttons\">")?.lowerBound, first < end
        else { return Array(text.utf8) }
        let inputs = fields.map { field in
            "<input type=\"hidden\" name=\"\(HTMLText.escape(field.name))\" value=\"\(HTMLText.escape(field.value))\">"
        }
        return Array((text[..<first] + inputs.joined(separator: "\n") + "\n" + text[end...]).utf8)
    }
}

extension [FormField] {
    /// The value of a parameter.
    subscript(name: String) -> String? {
        get { first { $0.name == name }?.value }
        set {
            removeAll { $0.name == name }
            if let newValue { append(FormField(name: name, value: newValue)) }
        }
    }
}
