#if Hummingbird

    import Hummingbird
    import Synchronization

    /// What a ``Watch`` saw.
    final class Seen: Sendable {
        private let all = Mutex<[String]>([])
        var words: [String] { all.withLock { $0 } }
        func add(_ word: String) { all.withLock { $0.append(word) } }
    }

    /// A middleware of an app that notes something of each request's context.
    struct Watch<Context: RequestContext>: RouterMiddleware {
        private let seen: Seen
        private let word: @Sendable (Context) -> String

        init(_ seen: Seen, _ word: @escaping @Sendable (Context) -> String) {
            self.seen = seen
            self.word = word
        }

        @concurrent func handle(
            _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
        ) async throws -> Response {
            seen.add(word(context))
            return try await next(request, context)
        }
    }

#endif
