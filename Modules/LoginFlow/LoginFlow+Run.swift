import APIClient
import Concurrency
import OAuthTypes
import SessionStore

extension LoginFlow {
    private static let purgeBatch = 500

    /// Removes expired records in small steps until the task is cancelled, and tells of a credential that ends; then waits for
    /// logins and refreshes in progress. Run one per process, for as long as the server runs.
    ///
    /// Cancel it after the server has stopped accepting requests.
    public func run(every interval: Duration = .seconds(60)) async {
        while !Task.isCancelled {
            await purge()
            watchCredential()
            await environment.sleeper.sleep(interval)
        }
        await work.finished()
    }

    private func purge() async {
        do {
            while try await store.purge(expiredBefore: now, limit: LoginFlow.purgeBatch) == LoginFlow.purgeBatch {
                guard !Task.isCancelled else { return }
                await Task.yield()
            }
        } catch {
            record("store.purge_failed", from: .webApp, to: .webApp, correlationID: makeCorrelationID())
        }
    }
}
