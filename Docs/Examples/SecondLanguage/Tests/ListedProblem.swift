import LoginFlow
import Testing

/// A row of the guide's tables: code, status, turn and title.
struct ListedProblem: Sendable, CustomTestStringConvertible {
    let code, title: String
    let status: Int
    let turn: FlowProblem.Turn

    /// Nil if the row is none of a problem that has a page.
    init?(row: String) {
        let cells = row.split(separator: "|").map { String($0.trimmingPrefix(/[ `]+/).replacing(/[ `]+$/, with: "")) }
        guard cells.count > 4, row.hasPrefix("| `"), let status = Int(cells[1]),
            let turn = FlowProblem.Turn(rawValue: cells[2])
        else { return nil }
        // The answer to scripts has no page.
        guard cells[0] != "login_required" else { return nil }
        (code, title, self.status, self.turn) = (cells[0], cells[3], status, turn)
    }

    var testDescription: String { "\(code) \(status)" }

    func problem(title: String, detail: String) -> FlowProblem {
        FlowProblem(
            status: status, code: code, title: title, detail: detail, turn: turn, diagnosis: "a test",
            correlationID: "reference-1")
    }
}
