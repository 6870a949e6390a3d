#if AsyncHTTPClient

    import NIOCore
    import NIOHTTP1
    import OAuthTypes

    /// Counts the body before it is decoded, and shows the decoder only what it can decode.
    final class BodyMeter: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias InboundOut = HTTPClientResponsePart

        private let exchange: Exchange
        // The head of a coded response waits for the body: the decoder calls one without octets cut off.
        private var waiting: HTTPResponseHead?
        private var isRefused = false

        init(_ exchange: Exchange) { self.exchange = exchange }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !isRefused else { return }
            switch unwrapInboundIn(data) {
            case .head(let head): take(head, context)
            case .body(let octets):
                guard exchange.accept(octetsOfBody: octets.readableBytes) else { return refuse(context) }
                // The decoder knows "gzip" by this name only, not as "x-gzip" (RFC 9110 §8.4.1.3).
                forwardWaiting(context, coding: "gzip")
                context.fireChannelRead(data)
            case .end(let trailers):
                guard exchange.accept(trailers) else { return refuse(context) }
                forwardWaiting(context, coding: nil)
                context.fireChannelRead(data)
            }
        }

        private func take(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
            if (100..<200).contains(head.status.code) { return forward(head, context, coding: nil) }
            guard exchange.hasRead(head) else {
                _ = exchange.accept { _ in .protocolViolation }
                return refuse(context)
            }
            if exchange.isDecoded {
                waiting = head
            } else {
                context.fireChannelRead(wrapInboundOut(.head(head)))
            }
        }

        private func forwardWaiting(_ context: ChannelHandlerContext, coding: String?) {
            guard let head = waiting else { return }
            waiting = nil
            forward(head, context, coding: coding)
        }

        private func forward(_ head: HTTPResponseHead, _ context: ChannelHandlerContext, coding: String?) {
            var head = head
            head.headers.remove(name: "Content-Encoding")
            if let coding { head.headers.add(name: "Content-Encoding", value: coding) }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        }

        private func refuse(_ context: ChannelHandlerContext) {
            isRefused = true
            context.fireErrorCaught(RefusedError())
        }
    }

    @available(*, unavailable)
    extension BodyMeter: Sendable {}

#endif
