import Hummingbird

/// A page in HTML.
struct Page: ResponseGenerator {
    private let html: String

    /// - Parameters:
    ///   - title: Any text.
    ///   - body: HTML. Escape what comes from outside.
    init(_ title: String, body: String) {
        let title = Page.escape(title)
        html = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(title)</title></head>
            <body><h1>\(title)</h1>\(body)</body></html>
            """
    }

    func response(from request: Request, context: some RequestContext) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    static func escape(_ text: String) -> String {
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return text.reduce(into: "") { $0 += entities[$1] ?? String($1) }
    }
}
