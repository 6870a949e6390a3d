import VectorJudge

extension Section {
    static func mutations(_ count: Int) async throws -> Section {
        let verdicts = try await MutatedTokens().judge(count: count, seed: 7515)
        var section = Section()
        section.figures = [
            .exactly("mutations_accepted_of_\(count)", value: verdicts.wronglyAccepted, bound: 0),
            .exactly("mutations_accepted_if_unchanged", value: min(verdicts.accepted, 1), bound: 1),
        ]
        return section
    }
}
