#if Hummingbird

    import HTTPTypes
    import Hummingbird
    import NIOCore

    /// Thrown where a route needs a session and there is none. ``LoginMiddleware`` turns it into a login.
    ///
    /// If no such middleware is in front of the route, this is the response: 500 with a text that says so. The route
    /// itself is not reached either way.
    struct LoginRequiredError: Error, HTTPResponseError, CustomStringConvertible {
        /// What is missing, for the developer of the app.
        var description: String {
            "This route requires a login, and no LoginMiddleware is in front of it: call addLogin on the router before adding routes."
        }

        /// The status for a route without the middleware: 500.
        var status: HTTPResponse.Status { .internalServerError }

        /// The response for a route without the middleware.
        func response(from request: Request, context: some RequestContext) -> Response {
            Response(
                status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: description)))
        }
    }

#endif
