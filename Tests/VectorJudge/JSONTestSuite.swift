import TestSupport
package import WireFormats

/// JSONTestSuite (github.com/nst/JSONTestSuite): `y_` is well-formed, `n_` is not, `i_` is ours to decide.
package enum JSONTestSuite {
    private static let folder = "JSONTestSuite/test_parsing"

    package struct File: Sendable {
        package let name: String
        package let bytes: [UInt8]

        /// What the reader makes of it.
        package var outcome: Result<JSONValue, JSONError> {
            Result { () throws(JSONError) in try JSONReader.value(bytes) }
        }

        /// Whether the suite decides it at all.
        package var isDecided: Bool { !name.hasPrefix("i_") }

        /// Whether we read it or refuse it as the suite and our policy say.
        package var isJudgedRight: Bool {
            switch outcome {
            case .success: isToBeRead
            case .failure(let error): repeatsAName ? error.code == .duplicateName : !isToBeRead
            }
        }

        /// Whether it ends as a value.
        package var isToBeRead: Bool { isAcceptedByPolicy || (name.hasPrefix("y_") && !repeatsAName) }

        /// We keep numbers as text, so no number is too large or too small. The other choices of the suite are refused:
        /// half surrogates, octets that are no UTF-8, byte order marks, UTF-16, and 500 nested arrays.
        package var isAcceptedByPolicy: Bool { name.hasPrefix("i_number_") }

        /// RFC 8259 §4 only says that names SHOULD be unique, so the suite would read these two. Which of two `sub`
        /// members counts must never depend on the reader: RFC 7493 §2.3 wins here.
        package var repeatsAName: Bool {
            ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"].contains(name)
        }
    }

    package static func files() throws -> [File] {
        try VectorFile.names(in: folder).map { File(name: $0, bytes: try VectorFile.bytes("\(folder)/\($0)")) }
    }
}
