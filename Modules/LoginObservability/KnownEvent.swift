#if Observability

    import OAuthTypes

    /// Every event of the flow. Docs/Guides/Observability.md has a row for each; a test compares both with the source.
    package enum KnownEvent: String, CaseIterable, Sendable {
        case loginRequested = "login.requested"
        case loginRedirected = "login.redirected"
        case loginPushed = "login.pushed"
        case loginPrompted = "login.prompted"
        case loginAuthenticated = "login.authenticated"
        case loginReturned = "login.returned"
        case tokensRequested = "tokens.requested"
        case tokensGranted = "tokens.granted"
        case tokensVerified = "tokens.verified"
        case apiCalled = "api.called"
        case apiAnswered = "api.answered"
        case credentialEnding = "credential.ending"
        case loginRefused = "login.refused"
        case loginRetried = "login.retried"
        case loginRepeated = "login.repeated"
        case loginInitiated = "login.initiated"
        case loginSilentEnded = "login.silent_ended"
        case loginReturnShortened = "login.return_shortened"
        case loginAnswerLost = "login.answer_lost"
        case userInfoReceived = "userinfo.received"
        case userInfoFailed = "userinfo.failed"
        case userInfoLeftOut = "userinfo.left_out"
        case sessionStarted = "session.started"
        case sessionEnded = "session.ended"
        case sessionRotated = "session.rotated"
        case sessionRevoked = "session.revoked"
        case sessionOpenFailed = "session.open_failed"
        case sessionTouchFailed = "session.touch_failed"
        case storePurgeFailed = "store.purge_failed"
        case refreshGranted = "refresh.granted"
        case refreshPending = "refresh.pending"
        case refreshRefused = "refresh.refused"
        case refreshLost = "refresh.lost"
        case refreshFailed = "refresh.failed"
        case refreshIDTokenRefused = "refresh.id_token_refused"
        case refreshSubjectChanged = "refresh.subject_changed"
        case refreshLoginStorm = "refresh.login_storm"
        case tokenRevoked = "token.revoked"
        case logoutReturned = "logout.returned"
        case pageFailed = "page.failed"
        case providerDeviation = "provider.deviation"
    }

    extension FlowEvent {
        var known: KnownEvent? { KnownEvent(rawValue: name) }

        /// The value of the first detail with this name.
        func detail(_ name: String) -> String? { details.first { $0.name == name }?.value }
    }

#endif
