import LoginFlow
import OAuthTypes

/// The ten steps of the login that happened: sender, receiver, time, duration and content of each.
enum SequenceDiagram {
    private static let lifelines: [(party: FlowEvent.Party, name: String)] = [
        (.browser, "You and your browser"), (.webApp, "This web app"),
        (.authorizationServer, "Authori\u{AD}zation server"), (.api, "API"),
    ]

    static func section(_ events: [FlowEvent]) -> HTML {
        """
        <section id="sequence" class="card diagram" aria-labelledby="sequence-title">
        <h2 id="sequence-title">The ten steps of your login</h2>
        <p class="soft">\(introduction(events))</p>
        <div class="lifelines heads" aria-hidden="true">\(lifelines.map { "<div>\($0.name)</div>" as HTML })</div>
        <ol>\(FlowEvent.Step.allCases.map { step in row(step, event: events.last { $0.step == step }) })</ol>
        </section>
        """
    }

    private static func introduction(_ events: [FlowEvent]) -> String {
        events.contains { $0.step != nil }
            ? "Drawn from the events of this login. ••• stands for a secret."
            : "The app has restarted since you logged in and no longer knows the times. These were the steps."
    }

    private static func row(_ step: FlowEvent.Step, event: FlowEvent?) -> HTML {
        let plan = step.plan
        return """
            <li data-step="\(String(step.rawValue))" class="\(event == nil ? "ahead" : "done")">
            <div class="label"><span class="badge">\(String(step.rawValue))</span>\
            <span>\(plan.label) <span class="when">\(time(of: step, event: event))</span></span></div>
            <div class="lifelines">\(arrow(from: event?.from ?? plan.from, to: event?.to ?? plan.to))</div>
            \(details(event))</li>
            """
    }

    private static func time(of step: FlowEvent.Step, event: FlowEvent?) -> String {
        guard let event else { return step >= .apiCalled ? "– press “Call the API” to see it" : "" }
        let took = event.duration.map { ", took \(TimeText.duration($0))" } ?? ""
        return "\(event.at.utcTimeOfDay)\(took)"
    }

    private static func arrow(from: FlowEvent.Party, to: FlowEvent.Party) -> HTML {
        let start = lifeline(from), end = lifeline(to)
        let (left, right) = (min(start, end), max(start, end))
        let direction = start == end ? "self" : start < end ? "right" : "left"
        let name = "\(lifelines[start - 1].name) to \(lifelines[end - 1].name)"
        return """
            <div class="arrow \(direction) from\(String(left)) to\(String(right)) span\(String(right - left + 1))" \
            role="img" aria-label="\(name)"></div>
            """
    }

    private static func details(_ event: FlowEvent?) -> HTML {
        guard let event, !event.details.isEmpty else { return "" }
        return "<dl>\(event.details.map { "<dt>\($0.name)</dt><dd><code>\($0.value)</code></dd>" as HTML })</dl>"
    }

    private static func lifeline(_ party: FlowEvent.Party) -> Int {
        (lifelines.firstIndex { $0.party == party } ?? 0) + 1
    }
}

extension FlowEvent.Step {
    fileprivate var plan: (label: String, from: FlowEvent.Party, to: FlowEvent.Party) {
        switch self {
        case .loginRequested: ("You click “Log in”", .browser, .webApp)
        case .redirectedToProvider: ("The app sends your browser to the authorization server", .webApp, .browser)
        case .loginPrompted: ("The authorization server asks you to log in", .authorizationServer, .browser)
        case .userAuthenticated: ("You log in and allow the access", .browser, .authorizationServer)
        case .codeReceived: ("Your browser comes back with a code", .authorizationServer, .webApp)
        case .tokensRequested: ("The app sends code, client ID and secret", .webApp, .authorizationServer)
        case .grantChecked: ("The authorization server checks them", .authorizationServer, .authorizationServer)
        case .tokensReceived: ("ID token and access token come back and are verified", .authorizationServer, .webApp)
        case .apiCalled: ("The app calls the API with the access token", .webApp, .api)
        case .apiAnswered: ("The API answers", .api, .webApp)
        }
    }
}
