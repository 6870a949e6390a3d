import LoginFlow
import Testing

/// What follows from an authorization response, by enumeration.
@Suite struct ResponseFactsTests {
    /// Every value that the flow can reach or not.
    static var all: [ResponseFacts] {
        let logins: [ResponseFacts.Login] =
            [
                .unreadable, .unnamed(hasError: true), .unnamed(hasError: false), .unknown(mayBePostedAgain: true),
                .unknown(mayBePostedAgain: false), .ended,
            ] + [ResponseFacts.Content.code, .late, .stale, .refused].map { .open($0) }
        let leases: [ResponseFacts.Lease] = [
            .unasked, .ours, .others, .ledToSession, .ledToProblem, .used, .unavailable,
        ]
        var all: [ResponseFacts] = []
        for login in logins {
            for beginning in [ResponseFacts.Beginning.asked, .again, .silent] {
                for session in [ResponseFacts.Session.unasked, .live, .none, .unavailable] {
                    for lease in leases {
                        for exchange in [ResponseFacts.Exchange.unsent, .session, .problem] {
                            var facts = ResponseFacts(login, begun: beginning)
                            (facts.session, facts.lease, facts.exchange) = (session, lease, exchange)
                            all.append(facts)
                        }
                    }
                }
            }
        }
        return all
    }

    @Test func aCodeIsSentOnlyWithTheLeaseAndOnce() {
        for facts in ResponseFactsTests.all where facts.next == .sendCode {
            #expect(facts.login == .open(.code) && facts.lease == .ours && facts.exchange == .unsent)
        }
    }

    @Test func onlyACodeOfThisBrowsersOwnLoginLeadsToASession() {
        for facts in ResponseFactsTests.all where facts.next == .answer(.session) {
            #expect(facts.login == .open(.code))
            #expect(facts.lease == .ledToSession || facts.lease == .ours && facts.exchange == .session)
        }
    }

    @Test func noStepIsAskedForTwice() {
        for facts in ResponseFactsTests.all {
            switch facts.next {
            case .lookUpSession: #expect(facts.session == .unasked)
            case .takeLease: #expect(facts.lease == .unasked)
            case .awaitAnswer: #expect(facts.lease == .others)
            case .sendCode: #expect(facts.exchange == .unsent)
            case .answer: break
            }
        }
    }

    @Test func nothingIsBegunAnewForALoginThatWas() {
        for facts in ResponseFactsTests.all where facts.next == .answer(.startAnew) {
            #expect(facts.beginning == .asked)
        }
    }

    @Test func whoAskedForNoLoginSeesNoPageAboutOne() {
        for facts in ResponseFactsTests.all where facts.beginning == .silent && facts.next == .answer(.explain) {
            if case .open = facts.login { Issue.record("\(facts)") }
        }
    }

    /// Sequences that lead to the same state are counted and followed together.
    @Test func everySequenceOfSixEventsInTwoTabsEndsWell() {
        var states: [ResponseModel: Int] = [ResponseModel(): 1]
        var (sequences, visited) = (0, Set(states.keys))
        for _ in 1...6 {
            var next: [ResponseModel: Int] = [:]
            for (model, count) in states {
                for event in ResponseModel.Event.all {
                    guard let after = model.after(event) else { continue }
                    if let fault = after.fault { Issue.record("\(fault): \(model), then \(event)") }
                    next[after, default: 0] += count
                    sequences += count
                }
            }
            visited.formUnion(next.keys)
            states = next
        }
        for model in visited { expectWayOut(of: model) }
        print("authorization responses: \(sequences) sequences of up to 6 events in two tabs, \(visited.count) states")
        #expect(sequences > 1_000_000)
    }

    /// Whatever happened, the link of the page begins a login that leads to a session.
    private func expectWayOut(of model: ResponseModel) {
        for tab in ResponseModel.Tab.allCases {
            let done = model.after(.begin(tab))?.after(.answer(tab, .code))
            if done?.session != tab || done?.fault != nil { Issue.record("a dead end: \(model)") }
        }
    }
}
