import VectorJudge

extension Section {
    static func publishedExamples() throws -> Section {
        section(
            "RFC 7515, 7516, 7517, 7638, 8037", figure: "rfc", verdicts: try PublishedExamples.verdicts(), count: 15)
    }

    static func cookbook() throws -> Section {
        var all = Verdicts()
        for example in Cookbook.examples { all.add(try Cookbook.judge(example)) }
        return section("RFC 7520, 7797, 8037 (cookbook)", figure: "cookbook", verdicts: all, count: 71)
    }

    private static func section(_ name: String, figure: String, verdicts: Verdicts, count: Int) -> Section {
        let right = verdicts.judged - verdicts.wrong.count
        var section = Section()
        section.rows = [
            Row(name: name, cases: verdicts.judged, right: right, note: "\(verdicts.policies) refused by policy")
        ]
        section.figures = [
            .exactly("\(figure)_right", value: right, bound: count, remark: verdicts.wrong.joined(separator: "; "))
        ]
        return section
    }

    /// Two well-formed texts repeat a name, which RFC 7493 §2.3 forbids: judged right when refused for that alone.
    static func json() throws -> Section {
        let files = try JSONTestSuite.files()
        let decided = files.filter(\.isDecided)
        let wrong = files.filter { !$0.isJudgedRight }.map(\.name)
        let right = decided.count(where: \.isJudgedRight)
        let byPolicy = decided.count { $0.repeatsAName && $0.isJudgedRight }
        let free = files.filter { !$0.isDecided }
        var section = Section()
        section.rows = [
            Row(
                name: "JSONTestSuite, decided", cases: decided.count, right: right,
                note: "\(byPolicy) well-formed texts refused for a repeated name alone"),
            Row(
                name: "JSONTestSuite, free", cases: free.count, right: free.count(where: \.isJudgedRight),
                note: "\(free.count(where: \.isToBeRead)) read (numbers of any size), the others refused"),
        ]
        section.figures = [
            .exactly("json_grammar_right", value: right, bound: 283, remark: wrong.joined(separator: ", ")),
            .exactly("json_refused_by_policy", value: byPolicy, bound: 2),
            .exactly("json_free_as_documented", value: free.count(where: \.isJudgedRight), bound: 35),
        ]
        return section
    }
}
