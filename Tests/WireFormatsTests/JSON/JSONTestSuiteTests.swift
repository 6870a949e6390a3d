import TestSupport
import Testing
import VectorJudge
import WireFormats

/// JSONTestSuite (github.com/nst/JSONTestSuite): `y_` is well-formed, `n_` is not, `i_` is ours to decide.
@Suite struct JSONTestSuiteTests {
    @Test func endsAsTheSuiteSaysButForDuplicateNames() throws {
        let files = try JSONTestSuite.files()
        #expect(files.filter { !$0.isJudgedRight }.map(\.name) == [])
        #expect(files.count { $0.name.hasPrefix("y_") } == 95)
        #expect(files.count { $0.name.hasPrefix("n_") } == 188)
        #expect(files.count { $0.name.hasPrefix("i_") } == 35)
    }

    @Test func refusesDuplicatesForThatReasonOnly() throws {
        let duplicates = try JSONTestSuite.files().filter(\.repeatsAName)
        #expect(duplicates.count == 2)
        for file in duplicates {
            let error = #expect(throws: JSONError.self) { try file.outcome.get() }
            #expect(error?.code == .duplicateName)
        }
    }

    @Test func scannerAgreesWithTheReader() throws {
        for file in try JSONTestSuite.files() {
            let bytes = Array("{\"member\":".utf8) + file.bytes + Array("}".utf8)
            var scanner = JSONScanner()
            let isScanned = (try? scanner.scan(bytes.span)) != nil
            #expect(isScanned == ((try? file.outcome.get()) != nil), "\(file.name)")
            #expect(scanner.members.all.count == (isScanned ? 1 : 0), "\(file.name)")
        }
    }

    @Test func writesWhatItReadsUnchangedInMeaning() throws {
        for file in try JSONTestSuite.files() where file.isToBeRead {
            let value = try file.outcome.get()
            #expect(try JSONReader.value(JSONWriter.bytes(value)) == value, "\(file.name)")
            #expect(try JSONReader.value(JSONWriter.bytes(value, style: .pretty)) == value, "\(file.name)")
        }
    }
}
