import VectorJudge

extension Section {
    static func mutations(_ count: Int) async throws -> Section {
        let verdicts = try await MutatedTokens().judge(count: count, seed: 7515)
        var section = Section()
        section.figures = [
            .exactly("mutations_accepted_of_\(count)", verdicts.wronglyAccepted, 0),
            .exactly("mutations_accepted_if_unchanged", min(verdicts.accepted, 1), 1),
        ]
        return section
    }
}
