import CFloor

/// One of the things that are compared.
public struct Subject {
    /// What it is called in tables.
    public let name: String
    /// Works on these tokens; how many of them ended as they should.
    public let run: (Range<Int>) -> Int

    /// Describes a subject.
    public init(_ name: String, run: @escaping (Range<Int>) -> Int) {
        self.name = name
        self.run = run
    }
}

/// A subject did not do its work, so that its time means nothing.
public struct WrongAnswer: Error {
    /// Which subject.
    public let subject: String

    /// Names the subject.
    public init(subject: String) { self.subject = subject }
}

/// Measures subjects against each other: each round gives each of them one batch of the same tokens, so that all see
/// the same moments of a machine that others use too. The time is the processor time of this thread.
public enum Interleaving {
    /// How many tokens make a batch.
    public static let batch = 250

    /// The samples of `subjects`, in their order; the first round warms up and is not counted. When others disturb the
    /// machine the rounds are repeated, up to three times in all, and the samples of all of them are kept.
    public static func measure(
        _ subjects: [Subject], tokens: Int, rounds: Int, batch: Int = batch
    ) throws -> [Samples] {
        var samples = Array(repeating: Samples(), count: subjects.count)
        for _ in 0..<3 {
            try measure(subjects, &samples, tokens: tokens, rounds: rounds, batch: batch)
            if !samples.contains(where: \.areDisturbed) { break }
        }
        return samples
    }

    private static func measure(
        _ subjects: [Subject], _ samples: inout [Samples], tokens: Int, rounds: Int, batch: Int
    ) throws {
        for round in 0...rounds {
            let first = round * batch % max(1, tokens - batch + 1)
            for (index, subject) in subjects.enumerated() {
                let begin = cfloor_thread_nanoseconds()
                let right = subject.run(first..<(first + batch))
                let taken = cfloor_thread_nanoseconds() - begin
                guard right == batch else { throw WrongAnswer(subject: subject.name) }
                if round > 0 { samples[index].add(taken, of: batch) }
            }
        }
    }
}
