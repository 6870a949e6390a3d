import Foundation
import LoginEnvironment
import LoginFlow
import OAuthTypes
import WireFormats

/// A function: an event goes in, a result comes out. Nothing is kept between two events, for sessions are in cookies.
struct Function {
    let site: Site

    func result(of event: String) async -> String {
        guard let visit = JSONValue(parsing: Array(event.utf8)).flatMap({ BrowserRequest(event: $0) }) else {
            return #"{"statusCode":400}"#
        }
        let isLong = visit.body.count > site.bodyLimit(visit)
        return (isLong ? site.flow.refuseLongBody(of: visit) : await site.reply(to: visit)).result.text()
    }
}

/// Takes an event from each line of the standard input, where a runtime would hand it over, and writes a line each.
@main
struct App {
    static func main() async throws {
        let login = ConfiguredLogin.orExit()
        let function = Function(site: Site(flow: try flow(login)))
        while let event = readLine() {
            FileHandle.standardOutput.write(Data((await function.result(of: event) + "\n").utf8))
        }
        await login.shutdown()
    }

    private static func flow(_ login: ConfiguredLogin) throws -> LoginFlow {
        // Raise this time to end all sessions that are older.
        let since = EnvironmentVariables.process["SESSIONS_SINCE"].flatMap { Int64($0) } ?? 0
        let sessions = CookieSessions(epoch: RevocationEpoch(UnixTime(seconds: since)), maximumCookies: 2)
        return try LoginFlow(
            login.settings, cookies: sessions, ring: login.keys,
            environment: LoginFlow.Environment(transport: login.transport))
    }
}
