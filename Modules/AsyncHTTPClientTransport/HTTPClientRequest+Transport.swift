#if AsyncHTTPClient

    import AsyncHTTPClient
    import NIOCore
    import NIOHTTP1
    import OAuthTypes

    extension HTTPClientRequest {
        /// What this exchange sends.
        init(_ request: TransportRequest, userAgent: String) {
            // Foundation, which would write the path and the query anew, sees the origin only; TargetWriter writes them.
            self.init(url: "\(request.url.origin)/")
            method = NIOHTTP1.HTTPMethod(rawValue: request.method.text)
            headers.add(name: "Host", value: request.url.origin.authority)
            headers.add(name: "Connection", value: "close")
            let fields = request.endToEndFields
            if fields.values(named: "User-Agent").isEmpty, !userAgent.isEmpty {
                headers.add(name: "User-Agent", value: userAgent)
            }
            for field in fields { headers.add(name: field.name, value: field.value) }
            guard request.method != .head, !request.body.isEmpty else { return }
            body = .bytes(ByteBuffer(bytes: request.body))
        }
    }

    extension Origin {
        /// Host and port, the default port left out (RFC 9110 §7.2).
        fileprivate var authority: String { String(description.dropFirst(scheme.count + "://".count)) }
    }

#endif
