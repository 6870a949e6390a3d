import CFloor

/// One of the compared programs.
public struct Subject {
    /// The name in tables.
    public let name: String
    /// Works on a batch of tokens and returns how many had the right result.
    public let run: (Range<Int>) -> Int

    /// Creates a subject.
    public init(_ name: String, run: @escaping (Range<Int>) -> Int) {
        self.name = name
        self.run = run
    }
}

/// A subject had a wrong result, so that its time means nothing.
public struct WrongAnswerError: Error {
    /// The name of the subject.
    public let subject: String

    /// Creates the error of a subject.
    public init(subject: String) { self.subject = subject }
}

/// Measures subjects against each other. In each round, each of them works on one batch of the same tokens, so that all
/// of them share the conditions of the machine. The time is the processor time of this thread.
public enum Interleaving {
    /// The number of tokens in a batch.
    public static let batch = 250

    /// The samples of `subjects`, in their order. The first round warms up and is not counted. If other programs disturb
    /// the measurement, the rounds are repeated, up to three times in all, and all samples are kept.
    public static func measure(
        _ subjects: [Subject], tokens: Int, rounds: Int, batch: Int = batch
    ) throws -> [Samples] {
        var samples = Array(repeating: Samples(), count: subjects.count)
        for _ in 0..<3 {
            try measure(subjects, into: &samples, tokens: tokens, rounds: rounds, batch: batch)
            if !samples.contains(where: \.areDisturbed) { break }
        }
        return samples
    }

    private static func measure(
        _ subjects: [Subject], into samples: inout [Samples], tokens: Int, rounds: Int, batch: Int
    ) throws {
        for round in 0...rounds {
            let first = round * batch % max(1, tokens - batch + 1)
            for (index, subject) in subjects.enumerated() {
                let begin = cfloor_thread_nanoseconds()
                let right = subject.run(first..<(first + batch))
                let taken = cfloor_thread_nanoseconds() - begin
                guard right == batch else { throw WrongAnswerError(subject: subject.name) }
                if round > 0 { samples[index].add(taken, of: batch) }
            }
        }
    }
}
