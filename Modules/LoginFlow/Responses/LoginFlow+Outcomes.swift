import AuthURL
import OAuthTypes

// The answers to authorization responses, one for each outcome.
extension LoginFlow {
    func answer(_ arrival: ArrivedLogin, with outcome: ResponseOutcome) async -> BrowserReply {
        switch outcome {
        case .session: beganSession(arrival)
        case .goOn: await wentOn(arrival)
        case .goHome: wentHome(arrival)
        case .postAgain: repost(arrival.repeatable ?? [])
        case .startAnew: await startedAnew(arrival)
        case .explain: explained(arrival)
        }
    }

    private func beganSession(_ arrival: ArrivedLogin) -> BrowserReply {
        guard let begun = arrival.begun else { return explained(arrival) }
        var reply = BrowserReply.redirect(to: begun.destination)
        reply.fields += cookies.sessionFields(begun.ticket, at: now, replacing: arrival.request)
        reply.fields += [loopCookie(after: arrival.request)].compactMap(\.self)
        return ended(arrival, in: reply, returningTo: begun.destination)
    }

    private func wentOn(_ arrival: ArrivedLogin) async -> BrowserReply {
        if arrival.facts.beginning == .silent, let problem = arrival.problem {
            recordSilentEnd(problem)
        } else {
            record("login.repeated", from: .browser, to: .webApp, correlationID: arrival.correlationID)
        }
        var path = arrival.returnPath?.text ?? ReturnPath.root.text
        if let open = arrival.open { path = await destination(of: open.pending) }
        return ended(arrival, in: .redirect(to: path), returningTo: path)
    }

    private func wentHome(_ arrival: ArrivedLogin) -> BrowserReply {
        record("login.repeated", from: .browser, to: .webApp, correlationID: arrival.correlationID)
        return .redirect(to: ReturnPath.root.text)
    }

    private func startedAnew(_ arrival: ArrivedLogin) async -> BrowserReply {
        guard let open = arrival.open, let reason = open.retry else { return explained(arrival) }
        let retry = LoginRetry(reason: reason, first: open.pending)
        let reply = await startAnew(retry, after: arrival.problem?.diagnosis ?? "", in: arrival.request)
        return reply.adding(expiry(arrival))
    }

    private func expiry(_ arrival: ArrivedLogin) -> ReplyFields {
        ReplyFields([arrival.cookie.flatMap(cookies.expired)].compactMap(\.self))
    }

    // Where waiting helps, the same response may still complete the login: its cookie stays.
    private func explained(_ arrival: ArrivedLogin) -> BrowserReply {
        var problem =
            arrival.problem ?? .usedUp("its answer is not known", correlationID: arrival.correlationID)
        if let path = arrival.returnPath { problem.retryPath = loginPath(path) }
        let reply = refuse(arrival.request, with: problem)
        return problem.turn == .wait ? reply : reply.adding(expiry(arrival))
    }

    private func ended(_ arrival: ArrivedLogin, in reply: BrowserReply, returningTo path: String) -> BrowserReply {
        guard let cookie = arrival.cookie else { return reply }
        return ending(cookie, returningTo: ReturnPath(path) ?? .root, in: reply)
    }
}
