import LoginFlow

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Starts the web app, the authorization server and the API, and stops them on SIGINT or SIGTERM.
@main
struct Quickstart {
    static func main() async {
        let settings: Settings
        do { settings = try Settings(Environment.all) } catch {
            for fault in error.faults { StandardError.write("\(fault)") }
            exit(2)
        }
        do {
            try await Servers(settings).run()
        } catch {
            StandardError.write("quickstart: \(error)")
            exit(1)
        }
    }
}
