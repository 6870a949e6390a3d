#if AsyncHTTPClient

    import NIOCore
    import NIOHTTP1
    import OAuthTypes

    /// Writes path and query as the URL has them, octet for octet.
    final class TargetWriter: ChannelOutboundHandler {
        typealias OutboundIn = HTTPClientRequestPart
        typealias OutboundOut = HTTPClientRequestPart

        private let target: String

        init(_ url: EndpointURL) {
            let path = url.path.isEmpty ? "/" : url.path
            target = path + (url.query.map { "?\($0)" } ?? "")
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            guard case .head(var head) = unwrapOutboundIn(data) else {
                context.write(data, promise: promise)
                return
            }
            head.uri = target
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        }
    }

    @available(*, unavailable)
    extension TargetWriter: Sendable {}

#endif
