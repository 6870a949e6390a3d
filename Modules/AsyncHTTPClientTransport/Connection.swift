#if AsyncHTTPClient

    import NIOCore
    import NIOHTTP1
    import OAuthTypes

    /// The connection of one exchange, with handlers of ours before and behind those that read HTTP.
    struct Connection: Sendable {
        private let channel: any Channel
        private let exit: NIOLoopBound<Exit>

        /// Adds the handlers; on the event loop of `channel`.
        init(_ channel: any Channel, for exchange: Exchange) throws {
            let pipeline = channel.pipeline.syncOperations
            let exit = Exit()
            try pipeline.addHandler(exit, position: .first)
            let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
            try pipeline.addHandler(HeadJudge(exchange), position: .before(encoder))
            try pipeline.addHandler(TargetWriter(exchange.request.url), position: .after(encoder))
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            try pipeline.addHandler(BodyMeter(exchange), position: .after(decoder))
            self.channel = channel
            self.exit = NIOLoopBound(exit, eventLoop: channel.eventLoop)
        }

        /// Closes the connection and returns when it is closed.
        func close() async {
            closeSoon()
            try? await channel.closeFuture.get()
        }

        /// Closes the connection. TLS says goodbye, but does not wait for the answer, which may never come.
        func closeSoon() {
            channel.eventLoop.execute { [channel, exit] in
                channel.close(promise: nil)
                exit.value.context?.close(promise: nil)
            }
        }

        /// Where octets leave the pipeline: what is closed here is closed at once.
        private final class Exit: ChannelOutboundHandler {
            typealias OutboundIn = ByteBuffer

            var context: ChannelHandlerContext?

            func handlerAdded(context: ChannelHandlerContext) { self.context = context }
            func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }
        }
    }

#endif
