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

    private let secret = String(repeating: "0f", count: 32)

    private func provide(_ text: String, at path: String, mode: mode_t) throws {
        let handle = unsafe open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        var octets = Array(text.utf8)
        #expect(unsafe write(handle, &octets, octets.count) == octets.count)
        close(handle)
        #expect(unsafe chmod(path, mode) == 0)
    }

    @Test(arguments: [0o400, 0o440, 0o444, 0o600, 0o644] as [mode_t])
    func aMountedSecretIsReadWhoeverElseMayReadIt(_ mode: mode_t) throws {
        try provide("\(secret)\n", at: path, mode: mode)
        let sealed = try SealingKeyFile(path: path).mountedKeys().sealer(for: .summary).seal([42], context: context)
        #expect(try SealingKeys(parsing: secret).sealer(for: .summary).open(sealed, context: context) == [42])
    }

    @Test(arguments: [0o460, 0o462, 0o622, 0o666, 0o777] as [mode_t])
    func aMountedSecretThatOthersMayWriteIsRefused(_ mode: mode_t) throws {
        try provide(secret, at: path, mode: mode)
        #expect(throws: SealingError.writableByOthers(path: path)) { try SealingKeyFile(path: path).mountedKeys() }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func aMountedSecretOfAnotherUserIsRefused() throws {
        try provide(secret, at: path, mode: 0o444)
        #expect(unsafe chown(path, 12_345, 12_345) == 0)
        #expect(throws: SealingError.writableByOthers(path: path)) { try SealingKeyFile(path: path).mountedKeys() }
    }

    /// Kubernetes: the name is a link to `..data/name`, and `..data` one to a folder that is replaced as a whole.
    @Test func aSecretBehindTheLinksOfKubernetesIsReadAndItsUpdateToo() throws {
        for (version, digit) in [("..1", "1"), ("..2", "2")] {
            #expect(unsafe mkdir("\(folder.path)/\(version)", 0o755) == 0)
            let text = String(repeating: digit, count: 64)
            try provide(text, at: "\(folder.path)/\(version)/sessions.keys", mode: 0o440)
            _ = unsafe unlink("\(folder.path)/..data")
            #expect(unsafe symlink(version, "\(folder.path)/..data") == 0)
            if version == "..1" { #expect(unsafe symlink("..data/sessions.keys", path) == 0) }
            let sealed = try SealingKeyFile(path: path).mountedKeys().sealer(for: .summary).seal([1], context: context)
            #expect(try SealingKeys(parsing: text).sealer(for: .summary).open(sealed, context: context) == [1])
        }
        // The file for development is still no link.
        #expect(throws: SealingError.unreadable(path: path, errno: ELOOP)) { try SealingKeyFile(path: path).keys() }
    }

    @Test func aMountedSecretIsNeverMade() {
        #expect(throws: SealingError.unreadable(path: path, errno: ENOENT)) {
            try SealingKeyFile(path: path).mountedKeys()
        }
        #expect(unsafe access(path, F_OK) != 0)
    }

    @Test func whatIsNoFileIsNoMountedSecret() throws {
        #expect(unsafe mkfifo(path, 0o600) == 0)
        #expect(throws: SealingError.unreadable(path: path, errno: EINVAL)) {
            try SealingKeyFile(path: path).mountedKeys()
        }
    }

    @Test(arguments: ["", "hello", "00"])
    func aMountedFileWithoutASecretIsNamed(_ text: String) throws {
        try provide(text, at: path, mode: 0o400)
        #expect(throws: SealingError.malformed(path: path)) { try SealingKeyFile(path: path).mountedKeys() }
    }

    /// What is cut might end in another secret that is valid too.
    @Test func aMountedFileThatIsTooLongIsNotCut() throws {
        try provide(String(repeating: secret + ",", count: 70), at: path, mode: 0o400)
        #expect(throws: SealingError.unreadable(path: path, errno: EFBIG)) {
            try SealingKeyFile(path: path).mountedKeys()
        }
    }
}
