import OAuthTypes
import SessionStore
import Testing

struct IndexTagTests {
    private let maker = SealingKeys(generatedBy: .system).tagMakers[0]

    @Test func dependsOnEveryPart() throws {
        let issuer = try Issuer("https://login.example")
        let tags = [
            maker.tag(.subject, issuer: issuer, value: "alice"),
            maker.tag(.providerSession, issuer: issuer, value: "alice"),
            maker.tag(.subject, issuer: try Issuer("https://login.example/"), value: "alice"),
            maker.tag(.subject, issuer: issuer, value: "alicf"),
            SealingKeys(generatedBy: .system).tagMakers[0].tag(.subject, issuer: issuer, value: "alice"),
        ]
        #expect(Set(tags).count == tags.count)
        #expect(tags[0] == maker.subject(try SubjectID("alice"), at: issuer))
    }

    @Test func everySecretHasItsMaker() throws {
        let (old, new) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        let issuer = try Issuer("https://login.example")
        let written = try SealingKeys(secrets: [old]).tagMakers[0].tag(.subject, issuer: issuer, value: "alice")
        let sought = try SealingKeys(secrets: [new, old]).tagMakers.map {
            $0.tag(.subject, issuer: issuer, value: "alice")
        }
        #expect(sought.count == 2)
        #expect(sought[1] == written)
    }

    @Test func survivesBeingStored() throws {
        let tag = maker.tag(.subject, issuer: try Issuer("https://login.example"), value: "alice")
        #expect(tag.octets.count == 16)
        #expect(IndexTag(octets: tag.octets) == tag)
        #expect(IndexTag(octets: Array(tag.octets.dropLast())) == nil)
    }
}
