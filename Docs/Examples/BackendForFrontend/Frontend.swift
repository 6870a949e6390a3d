import Hummingbird

/// The static part: a page and its script.
enum Frontend {
    static let page = file(
        "text/html; charset=utf-8",
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Orders</title>
        <script src="/app.js" type="module"></script></head>
        <body><h1>Orders</h1><p id="user">…</p><ul id="orders"></ul><button id="buy" disabled>Buy tea</button>
        <p><a href="/logout">Log out</a></p></body></html>
        """)

    static let script = file(
        "text/javascript; charset=utf-8",
        """
        const headers = { Accept: "application/json" };
        const element = (id) => document.getElementById(id);

        async function call(path, options = {}) {
            const response = await fetch(path, { ...options, headers: { ...headers, ...options.headers } });
            if (response.status === 401) {
                // The session is over, or there was none: the answer says where the login begins.
                location.href = (await response.json()).login + "?returnTo=" + encodeURIComponent(location.pathname);
            }
            return response;
        }

        const me = await (await call("/api/me")).json();
        element("user").textContent = me.name;
        const orders = await (await call("/api/orders")).json();
        element("orders").replaceChildren(...orders.map((order) => {
            const item = document.createElement("li");
            item.textContent = order.item;
            return item;
        }));
        element("buy").disabled = false;
        element("buy").onclick = async () => {
            const answer = await call("/api/orders", { method: "POST", headers: { "X-CSRF-Token": me.csrfToken } });
            element("buy").textContent = answer.ok ? "Bought" : "Not possible";
        };
        """)

    private static func file(_ type: String, _ text: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type,
                .contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
