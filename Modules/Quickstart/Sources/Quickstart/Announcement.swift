import LoginEnvironment
import OAuthTypes
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Prints the accounts, and that the servers are ready once all of them answer.
struct Announcement: Service {
    struct NoAnswerError: Error, CustomStringConvertible {
        let url: EndpointURL

        var description: String {
            "\(url.origin) does not answer. If another program uses its port, set QUICKSTART_PORT."
        }
    }

    let settings: Settings
    let probes: [EndpointURL]

    func run() async throws {
        if let embedded = settings.embedded { say(embedded.announcement) }
        for probe in probes { try await waitUntilAnswering(probe) }
        say("quickstart ready: \(settings.baseURL.origin)")
        try? await gracefulShutdown()
    }

    private func waitUntilAnswering(_ url: EndpointURL) async throws {
        for _ in 0..<100 {
            let request = TransportRequest(.get, url, replay: .idempotent)
            if let response = try? await settings.login.transport.send(request, within: TransportLimits()),
                response.status < 500
            {
                return
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NoAnswerError(url: url)
    }

    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }
}
