import CurlTransport
import HTTPTransportTesting
import OAuthTypes
import Testing

/// Every law can be broken, and a transport that breaks one is told which.
struct HTTPTransportKitTests {
    private static let kit = HTTPTransportKit(patience: .milliseconds(500))

    private static let general: [(BrokenTransport.Flaw, HTTPTransportLaw)] = [
        (.dropsFields, .requestIsSentAsGiven), (.tidiesTargets, .targetIsSentAsWritten),
        (.sendsAllByPOST, .methodIsSentAsNamed), (.cutsBodies, .bodyIsSentAtOnce),
        (.asksForGzip, .plainBodiesAreAskedFor),
        (.inventsBodies, .headHasNoBody), (.readsValuesWithLosses, .valuesAreReadWithoutLoss),
        (.handsTrailersOver, .trailersAreLeftOut), (.forgivesViolations, .protocolStays),
        (.throwsForErrors, .everyStatusIsAnAnswer), (.followsRedirects, .redirectIsAnAnswer),
        (.takesInformationForAnswers, .informationIsSkipped), (.forgivesViolations, .ambiguityIsRefused),
        (.forgivesLimits, .limitsEndAnswers), (.countsOneTooMany, .limitIsExact),
        (.forgivesSilence, .deadlineEndsSilence),
        (.refusesEndlessDeadlines, .deadlineMayBePast), (.forgivesLoss, .lostConnectionIsTold),
        (.saysMaybe, .refusedConnectionSendsNothing), (.mistakesUnknownHosts, .unknownHostSendsNothing),
        (.sendsTwice, .neverIsSentOnce), (.remembersAnswers, .answersStayApart), (.hidesCodings, .codedBodyIsTold),
        (.forgivesLimits, .codedBodyKeepsToTheLimit), (.losesStatusOfErrors, .codedErrorKeepsItsStatus),
        (.failsWithoutABody, .nothingNeedsNoDecoding), (.decodesUnasked, .askedForCodingIsHandedOver),
        (.forgivesCancellation, .cancellationCloses),
    ]
    private static let secure: [(BrokenTransport.Flaw, TLSTransportLaw)] =
        TLSTransportLaw.allCases.map { ($0 == .givenAuthorityIsTrusted ? .distrustsEveryone : .trustsAnyone, $0) }
    private static let proxied: [(BrokenTransport.Flaw, ProxiedTransportLaw)] = [
        (.ignoresTheProxy, .tunnelIsAskedFor), (.sendsLoopbackToTheProxy, .loopbackGoesAround),
    ]
    private static let bounded: [(BrokenTransport.Flaw, BoundedTransportLaw)] = [
        (.hasNoBound, .waitingCounts), (.forgivesCancellation, .waitingCanBeCancelled),
        (.keepsPlaces, .placesAreGivenBack),
    ]
    private static let closable: [(BrokenTransport.Flaw, ClosableTransportLaw)] =
        ClosableTransportLaw.allCases.map { (.staysOpen, $0) }

    @Test(arguments: general)
    func findsThe(_ flaw: BrokenTransport.Flaw, against law: HTTPTransportLaw) async {
        await #expect { try await Self.kit.check(law) { try BrokenTransport(flaw) } } throws: {
            Self.isViolation($0, of: law)
        }
    }

    @Test(arguments: secure)
    func findsThe(_ flaw: BrokenTransport.Flaw, against law: TLSTransportLaw) async {
        await #expect {
            try await Self.kit.check(law) { try BrokenTransport(flaw, CurlConfiguration(caFile: $0)) }
        } throws: {
            Self.isViolation($0, of: law)
        }
    }

    @Test(arguments: proxied)
    func findsThe(_ flaw: BrokenTransport.Flaw, against law: ProxiedTransportLaw) async {
        await #expect {
            try await Self.kit.check(law) { port in
                try BrokenTransport(flaw, CurlConfiguration(proxy: .server(host: "127.0.0.1", port: port)))
            }
        } throws: {
            Self.isViolation($0, of: law)
        }
    }

    @Test(arguments: bounded)
    func findsThe(_ flaw: BrokenTransport.Flaw, against law: BoundedTransportLaw) async {
        await #expect {
            try await Self.kit.check(law) { try BrokenTransport(flaw, CurlConfiguration(maximumConnections: $0)) }
        } throws: {
            Self.isViolation($0, of: law)
        }
    }

    @Test(arguments: closable)
    func findsThe(_ flaw: BrokenTransport.Flaw, against law: ClosableTransportLaw) async {
        await #expect {
            let close = { @Sendable (transport: BrokenTransport) in await transport.shutdown() }
            try await Self.kit.check(law, closing: close) { try BrokenTransport(flaw) }
        } throws: {
            Self.isViolation($0, of: law)
        }
    }

    @Test func everyLawHasATransportThatBreaksIt() {
        #expect(Set(Self.general.map(\.1)) == Set(HTTPTransportLaw.allCases))
        #expect(Set(Self.proxied.map(\.1)) == Set(ProxiedTransportLaw.allCases))
        #expect(Set(Self.bounded.map(\.1)) == Set(BoundedTransportLaw.allCases))
        let flaws = Self.general.map(\.0) + Self.secure.map(\.0) + Self.proxied.map(\.0) + Self.bounded.map(\.0)
        #expect(Set(flaws + Self.closable.map(\.0)) == Set(BrokenTransport.Flaw.allCases).subtracting([.none]))
    }

    /// What breaks above is the flaw, not the transport around it.
    @Test(arguments: [HTTPTransportLaw.requestIsSentAsGiven, .neverIsSentOnce, .lostConnectionIsTold, .codedBodyIsTold])
    func findsNothingWrongWithATransportWithoutAFlaw(_ law: HTTPTransportLaw) async throws {
        try await Self.kit.check(law) { try BrokenTransport(.none) }
    }

    @Test func takesAClosureThatThrowsForABrokenTransport() async {
        struct DownError: Error {}
        await #expect(throws: HTTPTransportLawError.self) {
            try await Self.kit.check(.protocolStays) { throw DownError() }
        }
    }

    @Test func everyLawIsAnotherSentence() {
        let sentences =
            HTTPTransportLaw.allCases.map(\.description) + TLSTransportLaw.allCases.map(\.description)
            + ProxiedTransportLaw.allCases.map(\.description) + BoundedTransportLaw.allCases.map(\.description)
            + ClosableTransportLaw.allCases.map(\.description)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }

    @Test func aLawMeetsEveryModeOfThePeer() throws {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let script = try TemporaryFolder.text(of: "/\(tests)/Modules/HTTPTransportTesting/Peers/faulty_peer.py")
        let modes = script.split(separator: "\n").flatMap { line -> [Substring] in
            let line = line.trimmingPrefix { $0 == " " }
            guard line.hasPrefix("if m==") || line.hasPrefix("elif m") else { return [] }
            let condition = line.prefix { $0 != ":" }
            return condition.split(separator: "'").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        }
        #expect(modes.count >= 60)
        #expect(Set(modes.map(String.init)) == Set(FaultyModes.all))
    }

    private static func isViolation(_ error: any Error, of law: some CustomStringConvertible) -> Bool {
        guard let violation = error as? HTTPTransportLawError else { return false }
        // A check that cannot be made proves nothing.
        return violation.law == law.description && violation.expectation != "the check runs without an error"
    }
}
