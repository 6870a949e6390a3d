import Glibc
import OAuthTypes
import SessionStore
import Testing

@Suite struct SealingKeyFileTests {
    private let folder: TemporaryDirectory
    private let path: String
    private let context: [UInt8] = [1, 2, 3]

    init() throws {
        folder = try TemporaryDirectory()
        path = folder.path + "/sessions.keys"
    }

    @Test func opensAfterARestartWhatItSealedBefore() throws {
        let sealed = try SealingKeyFile(path: path).keys().sealer(for: .summary).seal([42], context: context)
        let later = try SealingKeyFile(path: path).keys().sealer(for: .summary)
        #expect(later.open(sealed, context: context) == [42])
    }

    @Test func nobodyElseMayReadIt() throws {
        _ = try SealingKeyFile(path: path).keys()
        var status = stat()
        #expect(unsafe stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(unsafe chmod(path, 0o644) == 0)
        #expect(throws: SealingError.exposed(path: path)) { try SealingKeyFile(path: path).keys() }
    }

    @Test func doesNotFollowALink() throws {
        #expect(unsafe symlink(folder.path + "/elsewhere", path) == 0)
        #expect(throws: SealingError.unreadable(path: path, errno: ELOOP)) {
            try SealingKeyFile(path: path).keys()
        }
    }

    @Test(arguments: ["hello\n", "\n", "00\n", "0123\n"]) func refusesWhatHoldsNoSecret(_ text: String) throws {
        let handle = unsafe open(path, O_CREAT | O_WRONLY, 0o600)
        var octets = Array(text.utf8)
        #expect(unsafe write(handle, &octets, octets.count) == octets.count)
        close(handle)
        #expect(throws: SealingError.malformed(path: path)) { try SealingKeyFile(path: path).keys() }
    }
}
