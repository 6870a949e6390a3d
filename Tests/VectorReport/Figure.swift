/// One number that machines read, with its bound.
struct Figure {
    enum Verdict: String { case pass = "PASS", fail = "FAIL", skip = "SKIP" }

    let name: String
    let value: String
    let bound: String
    let verdict: Verdict
    /// What to do about a figure that could not be had, or which cases failed it.
    var remark = ""

    /// A count that must be exactly `bound`.
    static func exactly(_ name: String, value: Int, bound: Int, remark: String = "") -> Figure {
        Figure(
            name: name, value: "\(value)", bound: "=\(bound)", verdict: value == bound ? .pass : .fail, remark: remark)
    }

    /// A number that must not pass `bound`.
    static func atMost(_ name: String, value: Double, bound: Double, remark: String = "") -> Figure {
        Figure(
            name: name, value: rounded(value), bound: "<=\(rounded(bound))", verdict: value <= bound ? .pass : .fail,
            remark: remark)
    }

    static func skipped(_ name: String, bound: String, because remark: String) -> Figure {
        Figure(name: name, value: "-", bound: bound, verdict: .skip, remark: remark)
    }

    /// `FIGURE <name> <value> <bound> PASS|FAIL|SKIP`, and the remark behind it.
    func print() {
        let line = "FIGURE \(name) \(value) \(bound) \(verdict.rawValue)"
        Swift.print(remark.isEmpty ? line : "\(line) (\(remark))")
    }

    private static func rounded(_ value: Double) -> String {
        let hundredths = (value * 100).rounded(.up) / 100
        return hundredths == hundredths.rounded() ? "\(Int(exactly: hundredths) ?? 0)" : "\(hundredths)"
    }
}
