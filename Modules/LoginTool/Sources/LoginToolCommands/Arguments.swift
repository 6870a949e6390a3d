/// The arguments of the command line, checked before the parser reads them and hidden in its complaints.
struct Arguments {
    private static let longestShown = 64

    let texts: [String]

    init(_ texts: [String]) {
        self.texts = texts
    }

    /// Throws if an option ends with its equals sign: the parser would take the next argument as its value.
    func requireValues() throws(UsageError) {
        for text in texts where text.hasPrefix("--") && text.hasSuffix("=") {
            let name = text.dropFirst(2).dropLast()
            guard name.isEmpty || !name.allSatisfy(Self.isLetterOfName) else {
                throw UsageError("--\(name)", fix: "must not be empty; give a value after the equals sign")
            }
        }
    }

    /// The text without the arguments that may be tokens.
    func redacted(_ text: String) -> String {
        let hidden = Set(texts.flatMap(Self.parts)).filter(Self.mayBeToken).sorted { $0.utf8.count > $1.utf8.count }
        return hidden.reduce(text) { text, part in
            text.replacing(part, with: "<\(part.count) characters, not shown>")
        }
    }

    /// The forms in which the parser may repeat an argument: whole, without its dashes, and split at its equals sign.
    private static func parts(_ argument: String) -> [String] {
        let halves = argument.split(separator: "=", maxSplits: 1)
        return ([argument[...]] + halves).flatMap { [String($0), String($0.drop { $0 == "-" })] }
    }

    /// Whether a text has two dots or many characters, and does not begin like a path or a URL.
    private static func mayBeToken(_ text: String) -> Bool {
        guard !["/", "./", "../", "https://", "http://"].contains(where: text.hasPrefix) else { return false }
        return text.count > longestShown || text.count(where: { $0 == "." }) >= 2
    }

    private static func isLetterOfName(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || character == "-"
    }
}
