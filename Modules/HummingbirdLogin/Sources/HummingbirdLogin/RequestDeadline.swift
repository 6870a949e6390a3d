import HTTPTypes
public import HummingbirdCore
public import NIOCore
import NIOHTTPTypes

extension HTTPServerBuilder {
    /// A server of HTTP/1.1 that gives up on connections that nobody uses, on requests that do not come to their end, and on
    /// clients that do not speak HTTP.
    /// - Parameters:
    ///   - idle: how long a connection is kept without a request. Longer than the proxies in front keep theirs, or they
    ///     meet connections that are just being closed.
    ///   - request: how long a request may take to arrive, head and body together.
    public static func boundedHTTP1(
        idle: TimeAmount = .seconds(65), request: TimeAmount = .seconds(30)
    ) -> HTTPServerBuilder {
        .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [RequestDeadline(request)], idleTimeout: idle))
    }
}

/// Closes a connection whose request does not arrive in time.
///
/// The server answers what it cannot parse, and what asks to close, without reading on: such a connection would stay
/// open for as long as its client likes.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    private static let farewell = TimeAmount.seconds(5)
    private let limit: TimeAmount
    private var deadline: Scheduled<Void>?
    private var isLast = false
    /// Whether the connection is to end: what still comes on it postpones nothing.
    private var isLeaving = false

    init(_ limit: TimeAmount) { self.limit = limit }

    func channelActive(context: ChannelHandlerContext) {
        set(limit, context)
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
            set(limit, context)
        case .body: break
        case .end: if !isLeaving { deadline?.cancel() }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isLast, case .end = unwrapOutboundIn(data) { leave(context) }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        leave(context)
        context.fireErrorCaught(error)
    }

    func handlerRemoved(context: ChannelHandlerContext) { deadline?.cancel() }

    private func leave(_ context: ChannelHandlerContext) {
        set(RequestDeadline.farewell, context)
        isLeaving = true
    }

    private func set(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        guard !isLeaving else { return }
        deadline?.cancel()
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}

@available(*, unavailable)
extension RequestDeadline: Sendable {}
