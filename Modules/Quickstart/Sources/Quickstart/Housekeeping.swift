import CurlTransport
import LoginFlow
import ServiceLifecycle

/// Runs the flow's housekeeping until shutdown, then lets it finish.
struct Housekeeping: Service {
    let flow: LoginFlow
    let transport: CurlTransport

    func run() async throws {
        await cancelWhenGracefulShutdown { await flow.run() }
        await transport.shutdown()
    }
}
