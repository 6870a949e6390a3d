/// What became of the cases of one file of vectors.
package struct Verdicts: Sendable {
    /// How many cases were put to the test.
    package private(set) var judged = 0
    /// How many of them the publisher leaves open, or would accept, and our policy refuses.
    package private(set) var policies = 0
    /// How many cases of the file are about something that is not offered here.
    package private(set) var leftOut = 0
    /// The cases that ended otherwise than they must.
    package private(set) var wrong: [String] = []

    package init() {}

    /// Notes how one case ended.
    package mutating func record(_ label: String, accepted: Bool, expected: Expected) {
        judged += 1
        if expected == .policy { policies += 1 }
        if accepted != (expected == .accept) { wrong.append(label) }
    }

    /// The same, with cases that another judge of the same file found wrong.
    func adding(wrong others: [String]) -> Verdicts {
        var copy = self
        copy.wrong += others
        return copy
    }

    /// Takes in what became of other cases.
    package mutating func add(_ others: Verdicts) {
        judged += others.judged
        policies += others.policies
        leftOut += others.leftOut
        wrong += others.wrong
    }

    package mutating func leaveOut(_ count: Int = 1) {
        leftOut += count
    }

    /// What must become of a case.
    package enum Expected: Sendable {
        case accept
        case refuse
        /// Refused by a rule of ours, not by the publisher's.
        case policy
    }
}
