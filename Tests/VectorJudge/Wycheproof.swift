import TestSupport

/// Project Wycheproof's vectors: which files there are, how each is judged, and why some are not.
package enum Wycheproof {
    package static let folder = "wycheproof"

    package struct File: Sendable, CustomStringConvertible {
        package let name: String
        /// How many cases it holds; nil for a file that is no part of the set and judged where it is found.
        package let count: Int?
        package let use: Use

        package var description: String { String(name.dropLast("_test.json".count)) }

        /// The verdicts on all its cases; nil when what it tests is not offered.
        package func judge() throws -> Verdicts? {
            guard case .judged(_, let judge) = use else { return nil }
            return try judge(try WycheproofCase.all(in: name))
        }
    }

    package enum Use: Sendable {
        case judged(Topic, @Sendable ([WycheproofCase]) throws -> Verdicts)
        /// Why its cases cannot be put to anything here.
        case notOffered(String)
    }

    package enum Topic: Sendable { case jose, pkcs1, pss, ecdsa, edwards, hmac, sealing }

    /// The files of the set that one topic's tests judge.
    package static func files(on topic: Topic) -> [File] {
        files.filter { file in
            guard case .judged(topic, _) = file.use else { return false }
            return file.count != nil
        }
    }

    /// What is wrong with the folder: files that are missing, and files without a decision.
    package static func disagreements() throws -> [String] {
        let found = try VectorFile.names(in: folder).filter { $0.hasSuffix("_test.json") }
        let missing = files.filter { $0.count != nil && !found.contains($0.name) }.map { "missing: \($0.name)" }
        let known = files.map(\.name)
        return missing + found.filter { !known.contains($0) }.map { "undecided: \($0)" }
    }

    /// The files that can be judged or accounted for in the folder as it is.
    package static func present() throws -> [File] {
        let found = try VectorFile.names(in: folder)
        return files.filter { found.contains($0.name) }
    }
}
