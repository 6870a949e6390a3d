import LoginFlow

/// A browser with two tabs, the app and the provider, as far as authorization responses go. What the app does follows
/// ``ResponseFacts`` alone.
struct ResponseModel: Hashable {
    enum Tab: Int, CaseIterable { case left, right }

    /// What the provider sends back.
    enum Answer: CaseIterable { case code, codeThatIsRefused, stale, declined }

    enum Event: Hashable {
        case begin(Tab), beginSilently(Tab)
        /// The provider answers the tab's login, and the browser brings the response to the app.
        case answer(Tab, Answer)
        /// The same, and the app is still busy with the code.
        case answerSlowly(Tab)
        case finish(Tab)
        /// The response is sent once more: a reload, the back button, a double click.
        case again(Tab)
        /// The same with a store or a provider that cannot be reached.
        case againWhileAway(Tab)
        case logOut, wait, loseCookies
        /// An attacker's response, for a login that began in another browser.
        case foreign(Tab)
        case withoutState(Tab, hasError: Bool)

        static let all: [Event] =
            Tab.allCases.flatMap { tab in
                [
                    .begin(tab), .beginSilently(tab), .answerSlowly(tab), .finish(tab), .again(tab),
                    .againWhileAway(tab),
                    .foreign(tab), .withoutState(tab, hasError: true), .withoutState(tab, hasError: false),
                ] + Answer.allCases.map { .answer(tab, $0) }
            } + [.logOut, .wait, .loseCookies]
    }

    /// A login of a tab.
    struct Login: Hashable {
        enum Cookie { case open, ended, gone }
        enum Lease { case free, busy, session, problem, forgotten }

        var beginning: ResponseFacts.Beginning
        /// How many times it was begun anew without the user.
        var restarts = 0
        var cookie = Cookie.open
        var isLate = false
        var answer: Answer?
        var lease = Lease.free
        var timesSent = 0
    }

    var logins: [Login?] = [nil, nil]
    /// The tab whose login the session is from.
    var session: Tab?
    /// What is wrong with what happened last.
    var fault: String?

    /// What happens then; nil where it cannot.
    func after(_ event: Event) -> ResponseModel? {
        var next = self
        switch event {
        case .begin(let tab): next[tab] = Login(beginning: .asked)
        case .beginSilently(let tab):
            guard session == nil else { return nil }
            next[tab] = Login(beginning: .silent)
        case .answer(let tab, let answer):
            guard self[tab] != nil, self[tab]?.answer == nil else { return nil }
            next[tab]?.answer = answer
            next.bring(tab)
        case .answerSlowly(let tab):
            guard let login = self[tab], login.answer == nil, login.cookie == .open, !login.isLate else { return nil }
            next[tab]?.answer = .code
            next[tab]?.lease = .busy
            next[tab]?.timesSent += 1
        case .finish(let tab):
            guard self[tab]?.lease == .busy else { return nil }
            next.finish(tab)
        case .again(let tab):
            guard self[tab]?.answer != nil else { return nil }
            next.bring(tab)
        case .againWhileAway(let tab):
            guard self[tab]?.answer != nil else { return nil }
            next.bring(tab, isAway: true)
        case .logOut:
            guard session != nil else { return nil }
            next.session = nil
        case .wait: for tab in Tab.allCases { next.letPass(tab) }
        case .loseCookies: for tab in Tab.allCases { next[tab]?.cookie = .gone }
        case .foreign(let tab): next.judge(ResponseFacts(.unknown(mayBePostedAgain: false)), of: tab, isForeign: true)
        case .withoutState(let tab, let hasError):
            next.judge(ResponseFacts(.unnamed(hasError: hasError)), of: tab, isForeign: true)
        }
        return next
    }

    subscript(tab: Tab) -> Login? {
        get { logins[tab.rawValue] }
        set { logins[tab.rawValue] = newValue }
    }
}

extension ResponseModel {
    private mutating func letPass(_ tab: Tab) {
        self[tab]?.isLate = true
        if let lease = self[tab]?.lease, lease == .session || lease == .problem { self[tab]?.lease = .forgotten }
    }

    private mutating func finish(_ tab: Tab) {
        self[tab]?.lease = .session
        self[tab]?.cookie = .ended
        session = tab
    }

    private mutating func bring(_ tab: Tab, isAway: Bool = false) {
        guard let login = self[tab] else { return }
        let content: ResponseFacts.Content =
            switch login.answer {
            case _ where login.isLate: .late
            case .code, .codeThatIsRefused, nil: .code
            case .stale: .stale
            case .declined: .refused
            }
        let kind: ResponseFacts.Login =
            switch login.cookie {
            case .open: .open(content)
            case .ended: .ended
            case .gone: .unknown(mayBePostedAgain: false)
            }
        judge(ResponseFacts(kind, begun: login.beginning), of: tab, isForeign: login.cookie == .gone, isAway: isAway)
    }

    /// Does what the facts say until there is an outcome.
    private mutating func judge(_ facts: ResponseFacts, of tab: Tab, isForeign: Bool, isAway: Bool = false) {
        var facts = facts
        for _ in 0..<6 {
            switch facts.next {
            case .lookUpSession: facts.session = isAway ? .unavailable : session == nil ? .none : .live
            case .takeLease: takeLease(&facts, tab, isAway: isAway)
            case .awaitAnswer: awaitAnswer(&facts, tab)
            case .sendCode: send(&facts, tab)
            case .answer(let outcome): return carryOut(outcome, facts, tab, isForeign: isForeign)
            }
        }
        fault = "a response has no outcome"
    }

    private mutating func takeLease(_ facts: inout ResponseFacts, _ tab: Tab, isAway: Bool) {
        if isAway {
            facts.lease = .unavailable
        } else if self[tab]?.lease == .free {
            self[tab]?.lease = .busy
            facts.lease = .ours
        } else {
            facts.lease = .others
        }
    }

    private mutating func awaitAnswer(_ facts: inout ResponseFacts, _ tab: Tab) {
        if self[tab]?.lease == .busy { finish(tab) }
        switch self[tab]?.lease {
        case .session: facts.lease = .ledToSession
        case .problem: facts.lease = .ledToProblem
        default: facts.lease = .used
        }
    }

    private mutating func send(_ facts: inout ResponseFacts, _ tab: Tab) {
        self[tab]?.timesSent += 1
        let isGood = self[tab]?.answer == .code
        facts.exchange = isGood ? .session : .problem
        self[tab]?.lease = isGood ? .session : .problem
    }

    private mutating func carryOut(_ outcome: ResponseOutcome, _ facts: ResponseFacts, _ tab: Tab, isForeign: Bool) {
        fault = fault(of: outcome, facts, tab, isForeign: isForeign)
        switch outcome {
        case .session:
            session = tab
            self[tab]?.cookie = .ended
        case .startAnew:
            let restarts = (self[tab]?.restarts ?? 0) + 1
            self[tab] = Login(beginning: .again, restarts: restarts)
        case .goOn: self[tab]?.cookie = .ended
        case .explain:
            if case .open = facts.login, facts.lease != .unavailable, facts.session != .unavailable {
                self[tab]?.cookie = .gone
            }
        case .goHome, .postAgain: break
        }
    }

    private func fault(of outcome: ResponseOutcome, _ facts: ResponseFacts, _ tab: Tab, isForeign: Bool) -> String? {
        switch outcome {
        case .session where isForeign || facts.login != .open(.code): return "a session for another's response"
        case .session where self[tab]?.lease != .session: return "a session without its token response"
        case .goHome where session == nil: return "home without a session"
        case .goOn where session == nil && facts.beginning != .silent: return "on to the page without a session"
        case .startAnew where self[tab]?.restarts != 0: return "a second automatic restart"
        case .startAnew where isForeign: return "a restart for another's response"
        case .postAgain: return "a form that was not posted"
        default: break
        }
        return (self[tab]?.timesSent ?? 0) > 1 ? "a code was sent twice" : nil
    }
}
