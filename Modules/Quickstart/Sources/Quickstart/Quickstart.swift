import LoginEnvironment
import NIOCore
import OAuthTypes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Starts the web app, the authorization server and the API, and stops them on SIGINT or SIGTERM.
@main
struct Quickstart {
    static func main() async {
        do {
            let events = EventLog()
            let settings = try Settings(.process, observers: [events, FailureLog()])
            for warning in settings.login.warnings { StandardError.write("warning: \(warning)") }
            do { try await Servers(settings, events: events).run() } catch let error as IOError
                where error.errnoCode == EADDRINUSE
            {
                throw settings.portsTaken
            }
        } catch let invalid as SettingsError {
            invalid.exit()
        } catch {
            StandardError.write("quickstart: \(error)")
            exit(1)
        }
    }
}
