import OAuthTypes
import Testing

@Suite struct SecretsTests {
    static let canary = "canary-7f3a"
    static let secrets: [any SecretText] = [
        ClientSecret(canary), AuthorizationCode(canary), CodeVerifier(canary), AccessToken(canary),
        RefreshToken(canary), RawIDToken(canary), CompactJWS(canary),
    ]

    @Test(arguments: secrets)
    func neverShowsItself(_ secret: any SecretText) {
        for shown in renderings(of: secret) + renderings(of: [secret]) + renderings(of: Optional(secret)) {
            #expect(!shown.contains(Self.canary))
            #expect(shown.contains("redacted"))
        }
        #expect(secret.exposedText == Self.canary)
    }

    @Test(arguments: secrets)
    func hidesItsTextFromReflection(_ secret: any SecretText) {
        let mirror = Mirror(reflecting: secret)
        #expect(mirror.children.isEmpty)
        #expect(mirror.superclassMirror == nil)
    }

    @Test(arguments: secrets)
    func hasNoEqualityHashOrCoding(_ secret: any SecretText) {
        #expect(!(secret is any Equatable))
        #expect(!(secret is any Encodable))
        #expect(!(secret is any Decodable))
    }

    @Test func staysHiddenInsideATokenSet() {
        let tokens = TokenSet(
            accessToken: AccessToken(Self.canary), expiresAt: nil, refreshToken: RefreshToken(Self.canary),
            idToken: RawIDToken(Self.canary), scope: nil, receivedAt: UnixTime(seconds: 0))
        for shown in renderings(of: tokens) { #expect(!shown.contains(Self.canary)) }
    }

    private func renderings(of value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var printed = ""
        print(value, to: &printed)
        return [String(describing: value), String(reflecting: value), "\(value)", dumped, printed]
    }
}
