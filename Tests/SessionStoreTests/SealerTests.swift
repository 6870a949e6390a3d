import OAuthTypes
import SessionStore
import Testing

struct SealerTests {
    private let keys = SealingKeys(generatedBy: .system)
    private let text = Array("state, nonce and verifier".utf8)
    private let cookie = Array("__Host-login-1".utf8)

    @Test func opensWhatItSealed() throws {
        let sealer = keys.sealer(for: .pendingLogin)
        let sealed = try sealer.seal(text, context: cookie)
        #expect(sealer.open(sealed, context: cookie) == text)
        #expect(sealed.count == text.count + Sealer.overhead)
    }

    /// A transaction's cookie never opens as a session, nor the other way round.
    @Test func purposesAndContextsAreApart() throws {
        let sealer = keys.sealer(for: .pendingLogin)
        let sealed = try sealer.seal(text, context: cookie)
        #expect(keys.sealer(for: .summary).open(sealed, context: cookie) == nil)
        #expect(keys.sealer(for: SealingPurpose("other")).open(sealed, context: cookie) == nil)
        #expect(sealer.open(sealed, context: Array("__Host-login-2".utf8)) == nil)
        #expect(sealer.open(try keys.sealer(for: .summary).seal(text, context: cookie), context: cookie) == nil)
    }

    @Test func refusesAForeignVersion() throws {
        let sealer = keys.sealer(for: .pendingLogin)
        var sealed = try sealer.seal(text, context: cookie)
        sealed[0] = 2
        #expect(sealer.open(sealed, context: cookie) == nil)
        #expect(sealer.open([], context: cookie) == nil)
    }

    /// Salt and nonce never come twice.
    @Test func neverRepeatsANonce() throws {
        let sealer = keys.sealer(for: .pendingLogin)
        var seen: Set<[UInt8]> = []
        for _ in 0..<100_000 { seen.insert(Array(try sealer.seal([], context: []).dropFirst(5).prefix(24))) }
        #expect(seen.count == 100_000)
    }

    @Test func keysNeverPrintThemselves() throws {
        let secret = Array("canary-secret-canary-secret-canary".utf8)
        let ring = try SealingKeys(secrets: [secret])
        var printed = "\(ring) \(String(reflecting: ring))"
        dump(ring, to: &printed)
        dump(ring.sealer(for: .summary), to: &printed)
        dump(ring.tagMakers, to: &printed)
        #expect(!printed.contains("99"))
        #expect(printed.contains("<redacted>"))
    }

    @Test func namesTheFaultOfARing() throws {
        let good = [UInt8](repeating: 1, count: 32)
        #expect(throws: SealingError.empty) { try SealingKeys(secrets: []) }
        #expect(throws: SealingError.tooShort(index: 1, count: 31)) {
            try SealingKeys(secrets: [good, Array(good.dropLast())])
        }
        #expect(throws: SealingError.tooMany(17)) {
            try SealingKeys(secrets: Array(repeating: good, count: 17))
        }
    }

    @Test(arguments: [
        String(repeating: "ab", count: 32), String(repeating: "AB", count: 32), String(repeating: "Zz-_", count: 11),
        " \(String(repeating: "ab", count: 32)) ,\(String(repeating: "Zz-_", count: 11))",
    ])
    func readsHexadecimalAndBase64URL(_ setting: String) throws {
        let ring = try SealingKeys(parsing: setting)
        let sealed = try ring.sealer(for: .summary).seal(text, context: [])
        #expect(try SealingKeys(parsing: setting).sealer(for: .summary).open(sealed, context: []) == text)
    }

    @Test(arguments: [
        ("", SealingError.notDecodable(index: 0)), ("abc", .tooShort(index: 0, count: 2)),
        ("not base64!", .notDecodable(index: 0)),
        (String(repeating: "ab", count: 32) + ",", .notDecodable(index: 1)),
    ])
    func refusesAFaultySetting(_ setting: String, _ fault: SealingError) {
        #expect(throws: fault) { try SealingKeys(parsing: setting) }
    }

    @Test func readsUpperAndLowerCaseHexadecimalAlike() throws {
        let sealed = try SealingKeys(parsing: String(repeating: "AB", count: 32)).sealer(for: .summary)
            .seal(text, context: [])
        let lower = try SealingKeys(parsing: String(repeating: "ab", count: 32)).sealer(for: .summary)
        #expect(lower.open(sealed, context: []) == text)
    }
}
