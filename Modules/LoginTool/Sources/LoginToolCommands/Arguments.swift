/// What stands on the command line, before the parser reads it and after it complained.
struct Arguments {
    private static let longestShown = 64

    let texts: [String]

    init(_ texts: [String]) {
        self.texts = texts
    }

    /// Throws where an option ends with its equals sign: the parser would take what stands behind it for the value.
    func requireValues() throws(UsageProblem) {
        for text in texts where text.hasPrefix("--") && text.hasSuffix("=") {
            let name = text.dropFirst(2).dropLast()
            guard name.isEmpty || !name.allSatisfy(Self.isLetterOfName) else {
                throw UsageProblem("--\(name)", "must not be empty; give a value behind the equals sign")
            }
        }
    }

    /// The text without any argument that may be a token, wherever it stood.
    func redacted(_ text: String) -> String {
        let hidden = Set(texts.flatMap(Self.parts)).filter(Self.mayBeToken).sorted { $0.utf8.count > $1.utf8.count }
        return hidden.reduce(text) { text, part in
            text.replacing(part, with: "<\(part.count) characters, not shown>")
        }
    }

    /// An argument as the parser may name it: whole, without its dashes, and cut at its equals sign.
    private static func parts(_ argument: String) -> [String] {
        let halves = argument.split(separator: "=", maxSplits: 1)
        return ([argument[...]] + halves).flatMap { [String($0), String($0.drop { $0 == "-" })] }
    }

    /// Two dots or many characters; what begins as a path or a URL does is none.
    private static func mayBeToken(_ text: String) -> Bool {
        guard !["/", "./", "../", "https://", "http://"].contains(where: text.hasPrefix) else { return false }
        return text.count > longestShown || text.count(where: { $0 == "." }) >= 2
    }

    private static func isLetterOfName(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || character == "-"
    }
}
