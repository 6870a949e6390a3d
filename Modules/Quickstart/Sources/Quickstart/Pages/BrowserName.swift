/// The browser and the system that a `User-Agent` names, in words. Every client can send any text, so only a handful of
/// names is recognised, and of anything else no more than a beginning is shown.
struct BrowserName {
    /// Such as `Chrome on Linux`.
    let text: String

    init(userAgent: String?) {
        guard let userAgent, !userAgent.isEmpty else {
            text = "Unknown browser"
            return
        }
        let agent = String(userAgent.prefix(BrowserName.readLimit))
        let browser = BrowserName.browsers.first { agent.contains($0.mark) }?.name
        let system = BrowserName.systems.first { agent.contains($0.mark) }?.name
        switch (browser, system) {
        case (let browser?, let system?): text = "\(browser) on \(system)"
        case (let name?, nil), (nil, let name?): text = name
        case (nil, nil):
            let isLong = agent.count > BrowserName.shownLimit
            text = "Unknown browser “\(agent.prefix(BrowserName.shownLimit))\(isLong ? "…" : "")”"
        }
    }

    private static let readLimit = 256
    private static let shownLimit = 40

    // The first match counts: most browsers also name those that they are compatible with.
    private static let browsers: [(mark: String, name: String)] = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]

    private static let systems: [(mark: String, name: String)] = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Macintosh", "Mac"), ("Linux", "Linux"),
    ]
}
