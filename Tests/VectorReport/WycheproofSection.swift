import TestSupport
import VectorJudge

extension Section {
    static func wycheproof() throws -> Section {
        var section = Section()
        var wrong: [String] = []
        var judgedCases = 0
        for file in try Wycheproof.present() {
            guard let verdicts = try file.judge() else {
                section.rows.append(notOffered(file))
                continue
            }
            judgedCases += verdicts.judged
            wrong += verdicts.wrong.map { "\(file) \($0)" }
            section.rows.append(row(file, verdicts: verdicts))
        }
        let disagreements = try Wycheproof.disagreements()
        let known = Wycheproof.files.count { $0.count != nil }
        let missing = disagreements.count { $0.hasPrefix("missing") }
        section.figures = [
            .exactly(
                "wycheproof_files", value: known - missing, bound: 46, remark: disagreements.joined(separator: ", ")),
            .exactly("wycheproof_files_undecided", value: disagreements.count - missing, bound: 0),
            .exactly(
                "wycheproof_wrong_of_\(judgedCases)", value: wrong.count, bound: 0,
                remark: wrong.joined(separator: "; ")),
        ]
        return section
    }

    private static func row(_ file: Wycheproof.File, verdicts: Verdicts) -> Row {
        var notes: [String] = []
        if verdicts.policies > 0 { notes.append("\(verdicts.policies) refused by policy") }
        if verdicts.leftOut > 0 { notes.append("\(verdicts.leftOut) more cases are about what is not offered") }
        return Row(
            name: "Wycheproof \(file)", cases: verdicts.judged, right: verdicts.judged - verdicts.wrong.count,
            note: notes.joined(separator: "; "))
    }

    private static func notOffered(_ file: Wycheproof.File) -> Row {
        guard case .notOffered(let reason) = file.use else { return Row(name: "", cases: 0, right: 0, note: "") }
        return Row(name: "Wycheproof \(file)", cases: 0, right: 0, note: "\(file.count ?? 0) cases left out: \(reason)")
    }
}
