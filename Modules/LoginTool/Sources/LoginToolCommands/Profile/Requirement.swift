/// What one side does about a requirement.
enum Standing: Sendable, Equatable {
    case yes(String)
    case no(String)
    /// This library lacks it.
    case notYet(String)
    /// It cannot be seen in metadata and settings.
    case unseen(String)
    /// The requirement asks nothing of this side.
    case nothing

    var text: String {
        switch self {
        case .yes(let text), .no(let text): text
        case .notYet(let text): "not yet: \(text)"
        case .unseen(let text): "unseen: \(text)"
        case .nothing: "-"
        }
    }
}

/// Whether a requirement is met, by both sides together.
enum Verdict: String, Sendable {
    case met
    case notMet = "not met"
    case notYet = "not yet"
    case unseen

    init(_ sides: [Standing]) {
        if sides.contains(where: { if case .no = $0 { true } else { false } }) {
            self = .notMet
        } else if sides.contains(where: { if case .notYet = $0 { true } else { false } }) {
            self = .notYet
        } else {
            self = sides.contains { if case .unseen = $0 { true } else { false } } ? .unseen : .met
        }
    }
}

/// One requirement of a profile.
struct Requirement: Sendable {
    typealias Examination = @Sendable (ProfileFacts) -> Standing

    /// A word that is stable between releases.
    let id: String
    let words: String
    /// The specification and its section.
    let source: String
    /// Whether the profile insists on it.
    private(set) var isNeeded = true
    let provider: Examination
    let library: Examination

    init(
        _ id: String, _ words: String, by source: String, provider: @escaping Examination = { _ in .nothing },
        library: @escaping Examination = { _ in .nothing }
    ) {
        self.id = id
        self.words = words
        self.source = source
        self.provider = provider
        self.library = library
    }

    /// The same as a recommendation.
    var asRecommendation: Requirement {
        var copy = self
        copy.isNeeded = false
        return copy
    }
}
