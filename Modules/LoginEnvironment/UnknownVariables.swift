public import OAuthTypes

extension EnvironmentVariables {
    private static let prefix = "LOGIN_"
    private static let limit = 16

    /// One entry for each variable `LOGIN_…` that no login reads, with the name that was probably meant: a mistyped
    /// variable is not read, and its setting keeps its default.
    ///
    /// These are no faults, because variables of this name may belong to other programs, such as `LOGIN_SHELL`. Values are
    /// never shown.
    public var unknownLoginVariables: [SettingFault] {
        let known = Set(LoginVariable.allCases.map(\.rawValue))
        let unknown = names.filter { $0.hasPrefix(Self.prefix) && !known.contains($0) }
        return unknown.prefix(Self.limit).map { name in
            SettingFault(
                setting: name.printable(upTo: 64), problem: "no login reads a variable of this name",
                fix: Self.nearest(to: name).map { "Did you mean \($0)?" }
                    ?? "Leave it if another program reads it.")
        }
    }

    private static func nearest(to name: String) -> String? {
        guard name.utf8.count <= 64 else { return nil }
        let candidates = LoginVariable.allCases.map {
            ($0.rawValue, distance(Array(name.utf8), Array($0.rawValue.utf8)))
        }
        return candidates.filter { $0.1 <= 3 }.min { $0.1 < $1.1 }?.0
    }

    /// How many letters have to be added, left out or replaced.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var corner = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let replaced = corner + (letter == other ? 0 : 1)
                corner = row[place + 1]
                row[place + 1] = min(replaced, row[place] + 1, corner + 1)
            }
        }
        return row[right.count]
    }
}
