import TestSupport
import Testing
import WireFormats

/// JSONTestSuite (github.com/nst/JSONTestSuite): `y_` must be read, `n_` must be refused, `i_` is ours to decide.
@Suite struct JSONTestSuiteTests {
    private static let folder = "JSONTestSuite/test_parsing"

    /// We keep numbers as text, so no number is too large or too small. The other choices of the suite are refused: half surrogates, octets
    /// that are no UTF-8, byte order marks, UTF-16, and 500 nested arrays.
    private static func isAcceptedByPolicy(_ name: String) -> Bool {
        name.hasPrefix("i_number_")
    }

    /// The suite would read these two, as RFC 8259 §4 only says names SHOULD be unique. Which of two `sub` members counts must never depend on
    /// the reader, so RFC 7493 §2.3 wins here: 281 files end as the suite says, these two are refused for their duplicate name alone.
    private static let duplicates = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

    private static func isExpectedToRead(_ name: String) -> Bool {
        !duplicates.contains(name) && (name.hasPrefix("y_") || isAcceptedByPolicy(name))
    }

    private static func reads(_ bytes: [UInt8]) -> Bool {
        (try? JSONReader.value(bytes)) != nil
    }

    @Test func endsAsTheSuiteSaysButForDuplicateNames() throws {
        let names = try VectorFile.names(in: Self.folder)
        for name in names {
            let bytes = try VectorFile.bytes("\(Self.folder)/\(name)")
            #expect(Self.reads(bytes) == Self.isExpectedToRead(name), "\(name)")
        }
        #expect(names.count { $0.hasPrefix("y_") } == 95)
        #expect(names.count { $0.hasPrefix("n_") } == 188)
        #expect(names.count { $0.hasPrefix("i_") } == 35)
    }

    @Test(arguments: duplicates)
    func refusesDuplicatesForThatReasonOnly(name: String) throws {
        let bytes = try VectorFile.bytes("\(Self.folder)/\(name)")
        let error = #expect(throws: JSONError.self) { try JSONReader.value(bytes) }
        #expect(error?.code == .duplicateName)
    }

    @Test func scannerAgreesWithTheReader() throws {
        for name in try VectorFile.names(in: Self.folder) {
            let bytes = Array("{\"member\":".utf8) + (try VectorFile.bytes("\(Self.folder)/\(name)")) + Array("}".utf8)
            var scanner = JSONScanner()
            let isScanned = (try? scanner.scan(bytes.span)) != nil
            #expect(isScanned == Self.reads(bytes), "\(name)")
            #expect(scanner.members.count == (isScanned ? 1 : 0), "\(name)")
        }
    }

    @Test func writesWhatItReadsUnchangedInMeaning() throws {
        for name in try VectorFile.names(in: Self.folder) where Self.isExpectedToRead(name) {
            let value = try JSONReader.value(try VectorFile.bytes("\(Self.folder)/\(name)"))
            #expect(try JSONReader.value(JSONWriter.bytes(value)) == value, "\(name)")
            #expect(try JSONReader.value(JSONWriter.bytes(value, style: .pretty)) == value, "\(name)")
        }
    }
}
