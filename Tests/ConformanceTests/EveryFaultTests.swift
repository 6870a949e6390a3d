import AuthURL
import HostileProvider
import LoginFlow
import LoginTesting
import OAuthTypes
import TestSupport
import Testing
import WireFormats

/// Every fault of the hostile provider against one app, with the verdict that the fault itself names.
@Suite struct EveryFaultTests {
    typealias Fault = HostileProvider.Fault

    private static func faults(at stage: Fault.Stage) -> [Fault] { Fault.allCases.filter { $0.stage == stage } }

    @Test(arguments: faults(at: .login), [AuthorizationRequest.ResponseMode.query, .formPost])
    func aLoginSucceedsOnlyWhereItMay(_ fault: Fault, mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(fault, mode: mode)
        let ending = try await party.logIn()
        #expect(ending.isLoggedIn == (fault.expectation == .accept), "\(party.events.refusals) \(ending.page.text)")
        #expect((ending.page.status == 200) == ending.isLoggedIn)
        #expect(!party.askedStrangers)
        party.expectNoSecrets(ending.page)
    }

    @Test(arguments: faults(at: .postedResponse))
    func aPostedResponseBeginsASessionOnlyWhereItMay(_ fault: Fault) async throws {
        let party = try RelyingParty(fault, mode: .formPost)
        let ending = try await party.logIn()
        #expect(ending.isLoggedIn == (fault.expectation == .accept))
        #expect(party.count("/token") == 0)
        party.expectNoSecrets(ending.page)
    }

    @Test(arguments: faults(at: .signedResponse), RelyingParty.signedModes)
    func aSignedResponseIsTakenOnlyWhereItMay(
        _ fault: Fault, mode: AuthorizationRequest.ResponseMode
    ) async throws {
        let party = try RelyingParty(fault, mode: mode)
        let ending = try await party.logIn()
        #expect(ending.isLoggedIn == (fault.expectation == .accept))
        #expect(party.count("/token") == 0)
        party.expectNoSecrets(ending.page)
    }

    @Test(arguments: faults(at: .pushedRequest)) func aPushedRequestIsReferredToOnlyWhereItMay(
        _ fault: Fault
    ) async throws {
        let party = try RelyingParty(fault) { $0.pushedRequests = .always }
        let ending = try await party.logIn()
        #expect(ending.isLoggedIn == (fault.expectation == .accept))
        #expect(party.count("/par") == 1)
        #expect(!party.askedStrangers)
        party.expectNoSecrets(ending.page)
    }

    /// What the two stages before look like without a fault.
    @Test(arguments: RelyingParty.signedModes)
    func aSignedResponseToAPushedRequestBeginsASession(_ mode: AuthorizationRequest.ResponseMode) async throws {
        let party = try RelyingParty(.nothing, mode: mode) { $0.pushedRequests = .always }
        #expect(try await party.logIn().isLoggedIn)
        #expect(party.count("/par") == 1)
    }

    /// A login goes on without claims that cannot be trusted.
    @Test(arguments: faults(at: .userInfo)) func claimsAreTakenOnlyWhereTheyMay(_ fault: Fault) async throws {
        let party = try RelyingParty(fault)
        let ending = try await party.logIn()
        let claims = try #require(ending.claims)
        #expect((claims["email"] != nil) == (fault.expectation == .accept))
        #expect(claims["sub"] == "subject-a")
        #expect(party.count("/userinfo") == 1)
        #expect(!party.askedStrangers)
        party.expectNoSecrets(ending.page)
    }

    @Test(arguments: faults(at: .refresh)) func tokensAreRefreshedOnlyWhereTheyMay(_ fault: Fault) async throws {
        let party = try RelyingParty(fault)
        let ending = try await party.logIn()
        #expect(ending.isLoggedIn)
        let (before, after) = try await party.refresh(ending)
        #expect(before.hasPrefix("Bearer "))
        #expect((after != nil) == (fault.expectation == .accept))
        #expect(after != before)
        party.expectNoSecrets(ending.page)
    }

    @Test func eachFaultIsListedOnceUnderTheNameOfItsConstant() throws {
        let names = Fault.allCases.map(\.name)
        #expect(Set(names).count == names.count)
        var constants: [String] = []
        for group in [
            "Basic", "Configuration", "Refreshing", "Comprehensive", "MessageSigning", "Financial", "ResponseAttacks",
            "TokenAttacks", "KeyAttacks", "EndpointAttacks",
        ] {
            let octets = try VectorFile.document("Modules/HostileProvider/Faults/Fault+\(group).swift")
            for line in String(decoding: octets, as: UTF8.self).split(separator: "\n") {
                guard let declared = line.firstRange(of: "public static let ")?.upperBound else { continue }
                constants.append(String(line[declared...].prefix { $0 != " " }))
            }
        }
        #expect(constants.sorted() == names.sorted())
    }

    @Test func eachModuleIsOneFault() {
        let modules = Fault.allCases.compactMap(\.moduleID)
        #expect(Set(modules).count == modules.count)
    }
}
