/// A token as it was given: an argument, or standard input for `-`.
struct TokenText {
    /// Far above what is ever accepted, so that a longer token is refused for its length and not for its end.
    static let limit = 4_194_304

    let text: String

    init(_ arguments: [String], _ console: Console) throws(UsageProblem) {
        // The parser would repeat superfluous arguments, and these may be tokens.
        guard let argument = arguments.first, arguments.count == 1 else {
            throw UsageProblem(
                arguments.isEmpty ? "no token" : "\(arguments.count) tokens",
                "give exactly one, or - to read it from standard input")
        }
        guard argument == "-" else {
            text = argument
            return
        }
        var octets = try console.contents(of: "-", upTo: Self.limit)[...]
        octets.removeLineBreak()
        text = String(decoding: octets, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    /// Takes one line break off the end, which editors and `echo` leave there.
    mutating func removeLineBreak() {
        guard last == UInt8(ascii: "\n") else { return }
        removeLast()
        if last == UInt8(ascii: "\r") { removeLast() }
    }
}
