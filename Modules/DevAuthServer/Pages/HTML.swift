import WireFormats

/// Markup. Text that is put into it by interpolation is escaped, other markup is not; nothing else turns
/// text into markup.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    let text: String

    init(stringLiteral value: String) { text = value }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate(set) var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ value: String) { text += HTMLText.escape(value) }

        mutating func appendInterpolation(_ part: HTML) { text += part.text }

        mutating func appendInterpolation(_ parts: [HTML]) { text += parts.map(\.text).joined(separator: "\n") }
    }
}

extension String {
    /// Untrusted text for a page: control characters replaced, at most 300 characters.
    var shown: String {
        let cut = unicodeScalars.prefix(300).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: cut)
        return unicodeScalars.count > 300 ? String(view) + "…" : String(view)
    }
}
