/// What is known of an authorization response that reached the callback, and what follows from it.
///
/// A value without I/O: ``LoginFlow`` asks for the ``next`` step, carries it out and notes what it learned, until an
/// outcome follows. Docs/AuthorizationResponses.md is the same as a table.
package struct ResponseFacts: Hashable, Sendable {
    /// Which login the response belongs to.
    package enum Login: Hashable, Sendable {
        /// It cannot be read.
        case unreadable
        /// It has no `state`, and so belongs to none.
        case unnamed(hasError: Bool)
        /// This browser has no login with that `state`: it began in another browser, or is long over.
        case unknown(mayBePostedAgain: Bool)
        /// This browser's, in progress.
        case open(Content)
        /// This browser's, and it has ended.
        case ended
    }

    /// What the response to a login in progress holds.
    package enum Content: Hashable, Sendable {
        /// A code.
        case code
        /// Whatever it is, it came too late.
        case late
        /// The provider's error for a reason that a new login does without.
        case stale
        /// Any other error, or nothing that can be used.
        case refused
    }

    /// How the login was begun.
    package enum Beginning: Hashable, Sendable {
        /// By a user.
        case asked
        /// By the flow, once more for a login that ended.
        case again
        /// For a visitor who was not asked.
        case silent
    }

    /// Whether this browser has a live session.
    package enum Session: Hashable, Sendable {
        case unasked, live, none, unavailable
    }

    /// Who may send the code.
    package enum Lease: Hashable, Sendable {
        case unasked
        /// This response, and no other.
        case ours
        /// Another one, which is still at it.
        case others
        /// Another one did, and a session began.
        case ledToSession
        /// Another one did, and no session began.
        case ledToProblem
        /// The code was sent, and it is not known any more what came of it.
        case used
        /// Nothing can be sent now: the provider, the store, or room for the lease is missing.
        case unavailable
    }

    /// What came of the code.
    package enum Exchange: Hashable, Sendable {
        case unsent, session, problem
    }

    package var login: Login
    package var beginning: Beginning
    package var session: Session = .unasked
    package var lease: Lease = .unasked
    package var exchange: Exchange = .unsent

    package init(_ login: Login, begun beginning: Beginning = .asked) {
        self.login = login
        self.beginning = beginning
    }
}

/// What is to be done next about an authorization response.
package enum ResponseStep: Hashable, Sendable {
    /// Find out whether the browser has a session.
    case lookUpSession
    /// Ask for the right to send the code.
    case takeLease
    /// Wait for the answer of the response that has it.
    case awaitAnswer
    /// Send the code: only with the lease, and once.
    case sendCode
    /// Answer.
    case answer(ResponseOutcome)
}

/// The one outcome that an authorization response has.
package enum ResponseOutcome: String, Hashable, Sendable, CaseIterable {
    /// A session begins, or the browser gets the one that began, and goes to the page that was asked for.
    case session
    /// Nothing changes, and the browser goes to the page that was asked for.
    case goOn
    /// Nothing changes, and the browser goes to `/`: which page was asked for is not known.
    case goHome
    /// A page of the app posts the response once more, so that its cookies come along.
    case postAgain
    /// A new login with the same return path begins.
    case startAnew
    /// A page says what happened and leads on.
    case explain
}

extension ResponseFacts {
    /// What follows.
    package var next: ResponseStep {
        switch login {
        case .unreadable, .unnamed(hasError: true): .answer(.explain)
        case .unnamed(hasError: false), .unknown(mayBePostedAgain: false):
            bySession(live: .goHome, otherwise: .explain)
        case .unknown(mayBePostedAgain: true): .answer(.postAgain)
        case .ended: bySession(live: .goOn, otherwise: .explain)
        case .open(.code): byLease
        case .open(.late): bySession(live: .goOn, otherwise: afterFailure(isWorthAnotherTry: true))
        case .open(.stale): .answer(afterFailure(isWorthAnotherTry: true))
        case .open(.refused): .answer(afterFailure(isWorthAnotherTry: false))
        }
    }

    private var byLease: ResponseStep {
        switch (lease, exchange) {
        case (.unasked, _): .takeLease
        case (.others, _): .awaitAnswer
        case (.ours, .unsent): .sendCode
        case (.ours, .session), (.ledToSession, _): .answer(.session)
        case (.used, _): bySession(live: .goOn, otherwise: afterFailure(isWorthAnotherTry: false))
        case (.ours, .problem), (.ledToProblem, _), (.unavailable, _):
            .answer(afterFailure(isWorthAnotherTry: false))
        }
    }

    // A visitor who asked for no login sees no page about one. Nothing is begun anew for a login that was: what ends two
    // may end each of them.
    private func afterFailure(isWorthAnotherTry: Bool) -> ResponseOutcome {
        switch beginning {
        case .silent: .goOn
        case .asked where isWorthAnotherTry: .startAnew
        case .asked, .again: .explain
        }
    }

    private func bySession(live: ResponseOutcome, otherwise: ResponseOutcome) -> ResponseStep {
        switch session {
        case .unasked: .lookUpSession
        case .live: .answer(live)
        case .none: .answer(otherwise)
        case .unavailable: .answer(beginning == .silent ? .goOn : .explain)
        }
    }
}
