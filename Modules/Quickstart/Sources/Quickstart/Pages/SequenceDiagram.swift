import LoginFlow
import OAuthTypes

/// The ten steps of the login that happened: sender, receiver, time, duration and content of each.
///
/// The lifelines have a strip of their own beside the words, so that no text interrupts them.
enum SequenceDiagram {
    private static let lifelines: [(party: FlowEvent.Party, name: String)] = [
        (.browser, "You and your browser"), (.webApp, "This web app"),
        (.authorizationServer, "Authorization server"), (.api, "API"),
    ]

    /// The address of a step in the diagram.
    static func path(to step: FlowEvent.Step) -> String { "/profile#\(anchor(step))" }

    static func section(_ events: [FlowEvent]) -> HTML {
        """
        <section id="sequence" class="card diagram" aria-labelledby="sequence-title">
        <h2 id="sequence-title">The ten steps of your login</h2>
        <p class="soft">\(introduction(events))</p>
        <div class="heads" aria-hidden="true">\(lifelines.map { "<div><span>\($0.name)</span></div>" as HTML })</div>
        <ol>\(FlowEvent.Step.allCases.map { step in row(step, event: events.last { $0.step == step }) })</ol>
        </section>
        """
    }

    private static func introduction(_ events: [FlowEvent]) -> String {
        events.contains { $0.step != nil }
            ? "Drawn from the events of this login. ••• stands for a secret."
            : "The app has restarted since you logged in and no longer knows the times. These were the steps."
    }

    private static func anchor(_ step: FlowEvent.Step) -> String { "step-\(step.rawValue)" }

    private static func row(_ step: FlowEvent.Step, event: FlowEvent?) -> HTML {
        let plan = step.plan
        let (from, to) = (lifeline(event?.from ?? plan.from), lifeline(event?.to ?? plan.to))
        return """
            <li id="\(anchor(step))" data-step="\(String(step.rawValue))" class="\(event == nil ? "ahead" : "done")">
            <div class="strip">\(arrow(from: from, to: to, label: plan.arrow))</div>
            <div class="told"><p class="label"><span class="badge">\(String(step.rawValue))</span> \(plan.label)</p>
            <p class="route">\(route(from: from, to: to)): <span class="says">\(plan.arrow)</span></p>
            \(time(of: step, event: event))\(details(event))</div></li>
            """
    }

    private static func time(of step: FlowEvent.Step, event: FlowEvent?) -> HTML {
        guard let event else {
            return step >= .apiCalled ? #"<p class="when">Press “Call the API” to see it</p>"# : ""
        }
        let took = event.duration.map { ", took \(TimeText.duration($0))" } ?? ""
        return #"<p class="when">\#(event.at.utcTimeOfDay) UTC\#(took)</p>"#
    }

    /// The participants in words, for narrow screens, where their names at the top are out of sight.
    private static func route(from: Int, to: Int) -> String {
        from == to ? lifelines[from].name : "\(lifelines[from].name) → \(lifelines[to].name)"
    }

    private static func arrow(from: Int, to: Int, label: String) -> HTML {
        let direction = from == to ? "self" : from < to ? "right" : "left"
        let (left, right) = (min(from, to) + 1, max(from, to) + 1)
        return """
            <div class="arrow \(direction) from\(String(left)) to\(String(right)) span\(String(right - left + 1))" \
            role="img" aria-label="\(lifelines[from].name) to \(lifelines[to].name): \(label)">\
            <span class="says">\(label)</span></div>
            """
    }

    private static func details(_ event: FlowEvent?) -> HTML {
        guard let event, !event.details.isEmpty else { return "" }
        let count = event.details.count == 1 ? "1 parameter" : "\(event.details.count) parameters"
        return """
            <details><summary>\(count)</summary>\
            <dl>\(event.details.map { "<dt>\($0.name)</dt><dd><code>\($0.value)</code></dd>" as HTML })</dl></details>
            """
    }

    private static func lifeline(_ party: FlowEvent.Party) -> Int {
        lifelines.firstIndex { $0.party == party } ?? 0
    }
}

extension FlowEvent.Step {
    fileprivate var plan: (label: String, arrow: String, from: FlowEvent.Party, to: FlowEvent.Party) {
        switch self {
        case .loginRequested: ("You click “Log in”", "log in", .browser, .webApp)
        case .redirectedToProvider:
            ("The app sends your browser to the authorization server", "redirect", .webApp, .browser)
        case .loginPrompted:
            ("The authorization server asks you to log in", "login page", .authorizationServer, .browser)
        case .userAuthenticated: ("You log in and allow the access", "consent", .browser, .authorizationServer)
        case .codeReceived: ("Your browser comes back with a code", "code", .authorizationServer, .webApp)
        case .tokensRequested:
            ("The app sends code, client ID and secret", "code, secret", .webApp, .authorizationServer)
        case .grantChecked:
            ("The authorization server checks them", "check", .authorizationServer, .authorizationServer)
        case .tokensReceived:
            ("ID token and access token come back and are verified", "tokens", .authorizationServer, .webApp)
        case .apiCalled: ("The app calls the API with the access token", "access token", .webApp, .api)
        case .apiAnswered: ("The API answers", "answer", .api, .webApp)
        }
    }
}
