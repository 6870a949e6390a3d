import TestSupport
import WireFormats

/// One case of a Wycheproof file, with the members of its group and our correction, if there is one.
package struct WycheproofCase: Sendable {
    let group: JSONObject
    let members: JSONObject
    /// The corrected result; nil where the file's own stands.
    private let correction: String?

    /// The cases of `file` in VECTORS_DIR, corrected by Tests/Vectors/wycheproof/overrides.json.
    static func all(in file: String) throws -> [WycheproofCase] {
        let corrections = try VectorDocument.own("wycheproof/overrides.json")[file]?.objectValue ?? [:]
        let groups = try VectorDocument.published("wycheproof/\(file)")["testGroups"]?.arrayValue ?? []
        return groups.compactMap(\.objectValue).flatMap { group in
            (group["tests"]?.arrayValue ?? []).compactMap(\.objectValue).map { test in
                let correction = corrections[String(test["tcId"]?.intValue ?? 0)]?.objectValue
                return WycheproofCase(
                    group: group, members: test, correction: correction?["strict"]?.stringValue)
            }
        }
    }

    /// What must become of it. What a file calls acceptable is refused.
    var expected: Verdicts.Expected {
        switch correction ?? members["result"]?.stringValue {
        case "valid": .accept
        case "invalid": .refuse
        default: .policy
        }
    }

    /// As ``expected``, where `isOffered` says whether we offer what the case is made with.
    func expected(ifOffered isOffered: Bool) -> Verdicts.Expected {
        // A correction says what must become of this case whatever it is made with.
        correction == nil && expected == .accept && !isOffered ? .policy : expected
    }

    var label: String { "tcId \(members["tcId"]?.intValue ?? 0): \(members["comment"]?.stringValue ?? "")" }

    func bytes(_ name: String) -> [UInt8] { octets(hex: members[name]?.stringValue ?? "") }
    func groupText(_ name: String) -> String { group[name]?.stringValue ?? "" }
    func number(_ name: String) -> Int { (members[name] ?? group[name])?.intValue ?? -1 }

    /// A number or point of the group's public key.
    func keyBytes(_ name: String) -> [UInt8] {
        octets(hex: group["publicKey"]?.objectValue?[name]?.stringValue ?? "")
    }
}
