import OAuthTypes
import WireFormats

extension DevAuthServer {
    /// The claim `picture` of an account.
    func pictureURL(of account: DevAccount) -> String? {
        switch account.picture {
        case .none: nil
        case .url(let url): url.text
        case .initials:
            accounts.firstIndex { $0.subject == account.subject }.map {
                "\(issuer.origin)\(basePath)\(Self.picturePath)\($0 + 1).svg"
            }
        }
    }

    static var picturePath: String { "/pictures/" }

    /// The picture at this path; nil if it belongs to no account.
    func picture(at path: String) -> DevResponse? {
        guard path.hasPrefix(Self.picturePath), path.hasSuffix(".svg"),
            let number = Int(path.dropFirst(Self.picturePath.count).dropLast(4)), (1...accounts.count).contains(number),
            accounts[number - 1].picture == .initials
        else { return nil }
        let image = Initials(of: accounts[number - 1].name, number: number)
        return DevResponse(
            status: 200, fields: [HeaderField(literal: "Content-Type", value: "image/svg+xml")],
            body: Array(image.markup.text.utf8))
    }
}

/// A user's initials on a coloured ground.
struct Initials {
    // Each stands out from white by 4.5 : 1 or more.
    private static let colours: [HTML] = ["#1f5fd0", "#8a3ffc", "#0f766e", "#b5420f", "#a01a58", "#3f6212"]
    let text: String
    private let colour: HTML

    init(of name: String, number: Int) {
        let words = name.shown.split(separator: " ")
        let ends = words.count > 1 ? [words[0], words[words.count - 1]] : words
        text = String(ends.compactMap(\.first)).uppercased()
        colour = Self.colours[number % Self.colours.count]
    }

    var markup: HTML {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">\
        <rect width="128" height="128" fill="\(colour)"/><text x="64" y="64" dy=".35em" text-anchor="middle" \
        font-family="sans-serif" font-size="52" fill="#ffffff">\(text)</text></svg>
        """
    }
}
