import LoginFlow
import OAuthTypes
import Testing
import WireFormats

/// The claims of a session as an app reads them.
@Suite struct ClaimsTests {
    private struct Person: Decodable {
        let name: String
        let email: String
    }

    private struct Membership: Decodable, Equatable {
        let roles: [String]
        let level: Int?
    }

    @Test func theUserHasTheStandardClaimsAndTheSessionDecodesThem() async throws {
        let fixture = try FlowFixture()
        try fixture.resignIDTokens {
            $0["picture"] = "https://cdn.example/a.png?s=80"
            $0["locale"] = "de-AT"
            $0["https://shop.example/roles"] = ["buyer"]
        }
        let session = try await fixture.session(try await fixture.loggedIn())
        #expect(session.user.subject == session.subject)
        #expect(session.user.picture == "https://cdn.example/a.png?s=80")
        #expect(session.user.locale == "de-AT")
        let person = try session.claims(as: Person.self)
        #expect(session.user.name == person.name)
        #expect(session.user.email?.address == person.email)
        let membership = try session.claims(as: Membership.self, in: "https://shop.example/")
        #expect(membership == Membership(roles: ["buyer"], level: nil))
        #expect(throws: DecodingError.self) { try session.claims(as: Membership.self) }
    }

    @Test(
        arguments: [
            (true, true), (false, false), ("true", false), (1, false), (nil, false), ([true], false),
        ] as [(JSONValue, Bool)])
    func anAddressIsVerifiedOnlyByTheValueTrue(flag: JSONValue, isVerified: Bool) throws {
        let user = LoginUser(subject: try SubjectID("a"), claims: ["email": "a@b.example", "email_verified": flag])
        #expect(user.email?.isVerified == isVerified)
    }

    @Test func aFlagWithoutAnAddressIsNoAddressAndAnAddressWithoutAFlagIsNotVerified() throws {
        let subject = try SubjectID("a")
        #expect(LoginUser(subject: subject, claims: ["email_verified": true]).email == nil)
        #expect(LoginUser(subject: subject, claims: ["email": "", "email_verified": true]).email == nil)
        #expect(LoginUser(subject: subject, claims: ["email": "a@b.example"]).email?.isVerified == false)
    }

    @Test(arguments: [
        "javascript:alert(1)", "http://cdn.example/a.png", "data:image/png;base64,AA", "//cdn.example/a", "",
    ])
    func aPictureIsAnHTTPSAddressOrNone(text: String) throws {
        #expect(LoginUser(subject: try SubjectID("a"), claims: ["picture": .string(text)]).picture == nil)
    }

    @Test(arguments: [
        ("https://shop.example/", ["roles"]), ("https://shop.example", ["roles"]), ("urn:shop", []),
        ("urn:shop:", ["level"]), ("https://shop.example/roles", []), ("https://shop", []),
    ])
    func aNamespaceEndsWithAComponent(namespace: String, names: [String]) {
        let claims: JSONObject = [
            "https://shop.example/roles": [], "https://shop.example.org/roles": [], "https://shop.example/": 1,
            "urn:shop:level": 1, "urn:shopping": 1, "sub": "a",
        ]
        #expect(claims.members(below: namespace).members.map(\.name) == names)
    }
}
