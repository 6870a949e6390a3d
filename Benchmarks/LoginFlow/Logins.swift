import Glibc
import Support

/// Measures what a login costs the app, through the public API only.
@main
enum Logins {
    static func main() async throws {
        var report = Report()
        switch CommandLine.arguments.dropFirst().first {
        case "times": try await LoginFigures().measure(&report)
        case "allocations": try await LoginAllocations().measure(&report)
        default:
            print("usage: logins times | allocations")
            exit(2)
        }
        exit(report.finish() ? 0 : 1)
    }
}
