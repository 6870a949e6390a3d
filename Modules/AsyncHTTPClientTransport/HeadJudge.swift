#if AsyncHTTPClient

    import NIOCore
    import OAuthTypes

    /// Reads the header of the response, octet by octet, before AsyncHTTPClient does: SwiftNIO reads a value that is not
    /// UTF-8 with losses, takes headers of 2 MiB, and leaves the framing to one reader.
    final class HeadJudge: ChannelDuplexHandler {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = ByteBuffer
        typealias OutboundIn = IOData
        typealias OutboundOut = IOData

        private let exchange: Exchange
        private var line: [UInt8] = []
        private var isInHead = true
        private var isRefused = false
        private var octetsAfterHead: Int64 = 0

        init(_ exchange: Exchange) { self.exchange = exchange }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            guard exchange.mayWrite() else {
                promise?.fail(ChannelError.ioOnClosedChannel)
                return
            }
            context.write(data, promise: promise)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !isRefused else { return }
            guard take(unwrapInboundIn(data).readableBytesView) else { return refuse(context) }
            context.fireChannelRead(data)
            // By now BodyMeter has counted the body in it.
            if !isInHead, !exchange.accept(framed: octetsAfterHead) { refuse(context) }
        }

        private func refuse(_ context: ChannelHandlerContext) {
            isRefused = true
            context.fireErrorCaught(RefusedError())
        }

        private func take(_ octets: ByteBufferView) -> Bool {
            var rest = octets
            while isInHead, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line += rest[...end]
                rest = rest[rest.index(after: end)...]
                guard exchange.accept({ $0.take(line: line) }) else { return false }
                line = []
                isInHead = !exchange.isHeadComplete
            }
            guard isInHead else {
                octetsAfterHead += Int64(rest.count)
                return true
            }
            line += rest
            return line.count <= ResponseReader.maximumHeaderOctets || exchange.accept { _ in .fieldsTooLarge }
        }
    }

    @available(*, unavailable)
    extension HeadJudge: Sendable {}

#endif
