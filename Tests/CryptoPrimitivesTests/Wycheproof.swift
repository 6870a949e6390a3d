import TestSupport
import WireFormats

/// One case of a Wycheproof file, with the members of its group.
struct WycheproofCase {
    let group: JSONObject
    let members: JSONObject

    static func all(in file: String) throws -> [WycheproofCase] {
        let document = try JSONReader.object(VectorFile.bytes("wycheproof/\(file)_test.json"))
        let groups = document["testGroups"]?.arrayValue?.compactMap(\.objectValue) ?? []
        return groups.flatMap { group in
            (group["tests"]?.arrayValue ?? []).compactMap(\.objectValue).map {
                WycheproofCase(group: group, members: $0)
            }
        }
    }

    var isValid: Bool { members["result"]?.stringValue == "valid" }
    var label: String { "tcId \(members["tcId"]?.intValue ?? 0): \(members["comment"]?.stringValue ?? "")" }

    func bytes(_ name: String) -> [UInt8] { CryptoPrimitivesTests.bytes(hex: members[name]?.stringValue ?? "") }
    func number(_ name: String) -> Int { (members[name] ?? group[name])?.intValue ?? -1 }

    /// A number or point of the group's public key.
    func keyBytes(_ name: String) -> [UInt8] {
        CryptoPrimitivesTests.bytes(hex: group["publicKey"]?.objectValue?[name]?.stringValue ?? "")
    }
}
