import JOSE
import VectorJudge

extension Section {
    static func mutations(_ count: Int) async throws -> Section {
        let verdicts = try await MutatedTokens().judge(count: count, seed: 7515)
        var section = Section()
        section.rows = [
            Row(
                name: "damaged tokens", cases: count, right: count - verdicts.wronglyAccepted,
                note: "\(MutatedTokens.algorithms.map(\.description).joined(separator: ", ")); accepted only unchanged")
        ]
        section.figures = [.exactly("mutations_accepted_of_\(count)", verdicts.wronglyAccepted, 0)]
        return section
    }
}
