#if Observability

    package import Logging
    import LoginFlow
    package import OAuthTypes

    extension KnownEvent {
        /// How an event is logged. What visitors can cause at will is no error, but for the two cases that the guide names.
        package static func level(of event: FlowEvent) -> Logger.Level {
            switch event.known {
            case .loginRequested, .loginRedirected, .loginPushed, .loginPrompted, .loginAuthenticated, .loginReturned,
                .tokensRequested, .tokensGranted, .tokensVerified, .apiCalled, .loginRepeated, .loginInitiated,
                .userInfoReceived,
                .refreshGranted, .logoutReturned:
                .debug
            case .apiAnswered: event.detail("failure") == nil ? .debug : .warning
            case .tokenRevoked: event.detail("outcome") == "failed" ? .notice : .debug
            case .sessionStarted, .sessionEnded, .sessionRotated, .sessionRevoked: .info
            case .loginRetried, .loginReturnShortened, .userInfoLeftOut, .providerDeviation: .notice
            case .loginAnswerLost, .userInfoFailed, .sessionOpenFailed, .sessionTouchFailed, .refreshPending,
                .refreshLoginStorm, .pageFailed, .credentialEnding:
                .warning
            // No login without asking is the usual case.
            case .loginSilentEnded: event.detail("turn") == "user" ? .debug : level(byTurnOf: event)
            case .storePurgeFailed, .refreshIDTokenRefused, .refreshSubjectChanged: .error
            case .loginRefused, .refreshRefused, .refreshLost, .refreshFailed: level(byTurnOf: event)
            // A store that no longer serves its sessions; other events may be the app's own.
            case nil: ["store.displaced", "store.moved_aside"].contains(event.name) ? .error : .info
            }
        }

        private static func level(byTurnOf event: FlowEvent) -> Logger.Level {
            switch event.detail("turn").flatMap(FlowProblem.Turn.init(rawValue:)) {
            case .user: .info
            case .operator: Refusal.isAtWill(event.detail("code")) ? .warning : .error
            case .wait, nil: .warning
            }
        }
    }

#endif
