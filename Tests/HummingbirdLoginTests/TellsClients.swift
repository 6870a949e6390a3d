#if Hummingbird

    import Hummingbird
    import HummingbirdLogin
    import LoginFlow
    import Synchronization

    /// An app behind one proxy that records the client of each request.
    final class TellsClients: Sendable {
        private let flow: LoginFlow
        private let clients = Mutex<[String]>([])

        init(_ flow: LoginFlow) { self.flow = flow }

        var seen: [String] { clients.withLock { $0 } }

        var router: Router<BasicLoginRequestContext> {
            let router = Router(context: BasicLoginRequestContext.self)
            router.add(
                middleware: LoginMiddleware<BasicLoginRequestContext>(
                    flow,
                    tellingClientsBy: { request, context in
                        let client = context.remoteAddress?.ipAddress.flatMap {
                            ClientAddress(peer: $0, fields: BrowserRequest(request)?.fields ?? [], proxies: 1)
                        }
                        self.clients.withLock { $0.append(client?.description ?? "nobody") }
                        return client
                    }, requiringLoginWhere: { _ in false }))
            router.get("/") { _, _ in "home" }
            return router
        }
    }

#endif
