#if AsyncHTTPClient

    import NIOCore
    import NIOHTTP1
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
            if isInHead, !takeHead(unwrapInboundIn(data).readableBytesView) {
                isRefused = true
                context.fireErrorCaught(RefusedError())
                return
            }
            context.fireChannelRead(data)
        }

        private func takeHead(_ octets: ByteBufferView) -> Bool {
            var rest = octets
            while isInHead, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line += rest[...end]
                rest = rest[rest.index(after: end)...]
                guard exchange.accept({ $0.take(line: line) }) else { return false }
                line = []
                isInHead = !exchange.isHeadComplete
            }
            guard isInHead else { return true }
            line += rest
            return line.count <= ResponseReader.maximumHeaderOctets || exchange.accept { _ in .fieldsTooLarge }
        }
    }

    /// Counts the body before it is decoded.
    final class BodyMeter: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias InboundOut = HTTPClientResponsePart

        private let exchange: Exchange
        private var received: Int64 = 0
        private var isRefused = false

        init(_ exchange: Exchange) { self.exchange = exchange }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !isRefused else { return }
            switch unwrapInboundIn(data) {
            case .head(var head) where exchange.isCoded:
                // The decoder knows "gzip" by this name only, not as "x-gzip" (RFC 9110 §8.4.1.3).
                head.headers.replaceOrAdd(name: "Content-Encoding", value: "gzip")
                context.fireChannelRead(wrapInboundOut(.head(head)))
            case .body(let octets):
                received += Int64(octets.readableBytes)
                isRefused = !exchange.accept { [received] in $0.refusal(ofReceived: received) }
                if isRefused { return context.fireErrorCaught(RefusedError()) }
                context.fireChannelRead(data)
            case .head, .end: context.fireChannelRead(data)
            }
        }
    }

    @available(*, unavailable)
    extension HeadJudge: Sendable {}
    @available(*, unavailable)
    extension BodyMeter: Sendable {}

#endif
