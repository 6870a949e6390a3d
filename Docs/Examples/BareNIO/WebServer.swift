import LoginFlow
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// An HTTP/1.1 server for the site. It bounds what a request may hold and how long it may take to arrive.
struct WebServer: Service {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    let site: Site
    let port: Int

    func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try WebServer.connection(channel) }
            }
        try await withGracefulShutdownHandler {
            try await accept(listener)
        } onGracefulShutdown: {
            quiescing.initiateShutdown(promise: nil)
        }
    }

    private func accept(_ listener: NIOAsyncChannel<Connection, Never>) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await connection in connections {
                    // A connection that breaks concerns nobody else.
                    group.addTask { try? await serve(connection) }
                }
            }
        }
    }

    private static func connection(_ channel: any Channel) throws -> Connection {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldCount = 100
        limits.maxHeaderListSize = 32_768
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
        try channel.pipeline.syncOperations.addHandler(RequestDeadline(.seconds(30)))
        return try Connection(wrappingChannelSynchronously: channel)
    }

    private func serve(_ connection: Connection) async throws {
        try await connection.executeThenClose { parts, responses in
            var iterator = parts.makeAsyncIterator()
            while case .head(let head)? = try await iterator.next() {
                guard var visit = BrowserRequest(head) else { return }
                guard let body = try await WebServer.body(from: &iterator, upTo: site.bodyLimit(visit)) else {
                    // The rest is not read, so the connection cannot be used again.
                    return try await responses.write(site.flow.refuseLongBody(of: visit), to: head, isLast: true)
                }
                visit.body = body
                try await responses.write(await site.reply(to: visit), to: head, isLast: !head.isKeepAlive)
                guard head.isKeepAlive else { return }
            }
        }
    }

    /// The body; nil if it is longer than `limit`.
    private static func body(
        from parts: inout NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator, upTo limit: Int
    ) async throws -> [UInt8]? {
        var octets: [UInt8] = []
        while let part = try await parts.next() {
            guard case .body(let buffer) = part else { return octets }
            octets += buffer.readableBytesView
            guard octets.count <= limit else { return nil }
        }
        // The client went away in the middle.
        throw ChannelError.inputClosed
    }
}
