#if Hummingbird

    import HTTPTypes
    public import HummingbirdCore
    import NIOCore
    import NIOHTTPTypes

    extension HTTPServerBuilder {
        /// An HTTP/1.1 server that closes idle connections, connections whose request does not arrive in time, and
        /// connections of clients that do not speak HTTP.
        /// - Parameters:
        ///   - idle: How long a connection without a request is kept open. Choose a longer time than the proxies in front
        ///     use, or they send requests on connections that are just being closed.
        ///   - request: How long a request may take to arrive, head and body together.
        public static func boundedHTTP1(
            idle: Duration = .seconds(65), request: Duration = .seconds(30)
        ) -> HTTPServerBuilder {
            .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [RequestDeadline(TimeAmount(request))], idleTimeout: TimeAmount(idle)))
        }
    }

    /// Closes a connection whose request does not arrive in time.
    ///
    /// After its response to a request that it cannot parse, or that asks for the connection to be closed, the server no
    /// longer reads. Without a deadline the client would decide how long such a connection stays open.
    final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart
        typealias OutboundIn = HTTPResponsePart

        private static let closingTime = TimeAmount.seconds(5)
        private let limit: TimeAmount
        private var deadline: Scheduled<Void>?
        private var isLast = false
        /// Whether the connection is about to close. Whatever still arrives on it does not move the deadline.
        private var isClosing = false

        init(_ limit: TimeAmount) { self.limit = limit }

        func channelActive(context: ChannelHandlerContext) {
            setDeadline(limit, in: context)
            context.fireChannelActive()
        }

        func channelInactive(context: ChannelHandlerContext) {
            deadline?.cancel()
            context.fireChannelInactive()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                isLast = head.headerFields[.connection]?.lowercased() == "close"
                setDeadline(limit, in: context)
            case .body: break
            case .end: if !isClosing { deadline?.cancel() }
            }
            context.fireChannelRead(data)
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if isLast, case .end = unwrapOutboundIn(data) { startClosing(context) }
            context.write(data, promise: promise)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            startClosing(context)
            context.fireErrorCaught(error)
        }

        func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

        private func startClosing(_ context: ChannelHandlerContext) {
            setDeadline(RequestDeadline.closingTime, in: context)
            isClosing = true
        }

        private func setDeadline(_ time: TimeAmount, in context: ChannelHandlerContext) {
            guard !isClosing else { return }
            deadline?.cancel()
            let channel = context.channel
            deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
        }
    }

    @available(*, unavailable)
    extension RequestDeadline: Sendable {}

#endif
