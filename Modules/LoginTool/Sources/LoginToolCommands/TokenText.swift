/// The token to work on: an argument, or standard input for `-`.
struct TokenText {
    /// Far more than the longest accepted token, so that a longer one is refused for its length and not for its end.
    static let limit = 4_194_304

    let text: String

    init(_ arguments: [String], console: Console) throws(UsageError) {
        // The parser would repeat extra arguments, which may be tokens.
        guard let argument = arguments.first, arguments.count == 1 else {
            throw UsageError(
                arguments.isEmpty ? "no token" : "\(arguments.count) tokens",
                fix: "give exactly one, or - to read it from standard input")
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
    /// Removes one line break at the end, which editors and `echo` add.
    mutating func removeLineBreak() {
        guard last == UInt8(ascii: "\n") else { return }
        removeLast()
        if last == UInt8(ascii: "\r") { removeLast() }
    }
}
