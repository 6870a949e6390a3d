#if HTTPTypes

    public import HTTPTypes
    public import LoginFlow
    import OAuthTypes

    extension BrowserRequest {
        /// Creates a request from its head, and from its body as far as it has been read.
        ///
        /// The authority becomes the field `Host` if there is none, and cookies that HTTP/2 split are joined (RFC 9113
        /// §8.2.3, §8.3.1). The flow decides nothing by `Host`: a request without authority is as good as any other.
        /// - Returns: nil for what no browser sends to a web app: a method with other characters than capital letters, a
        ///   target that is no path, a field that is none of RFC 9110 §5. Answer 400.
        public init?(_ request: HTTPRequest, body: [UInt8] = []) {
            guard let method = HTTPMethod(request.method.rawValue), let target = request.originTarget,
                var fields = [HeaderField](request.headerFields)
            else { return nil }
            if let authority = request.authority, fields.values(named: "Host").isEmpty {
                guard let host = HeaderField("Host", authority) else { return nil }
                fields.insert(host, at: 0)
            }
            guard let joined = fields.joiningCookies() else { return nil }
            self.init(method, target: target, fields: joined, body: body)
        }
    }

    extension HTTPRequest {
        /// Path and query; of the absolute form too, which every server must understand (RFC 9112 §3.2.2).
        fileprivate var originTarget: String? {
            guard let path, !path.isEmpty else { return nil }
            if path.hasPrefix("/") { return path }
            let lower = path.lowercased()
            guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else { return nil }
            let rest = path.utf8.dropFirst(scheme.utf8.count).drop {
                $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?")
            }
            let target = String(decoding: Array(rest), as: UTF8.self)
            return target.hasPrefix("/") ? target : "/" + target
        }
    }

    extension [HeaderField] {
        /// The fields with one `Cookie` field where there were several.
        fileprivate func joiningCookies() -> [HeaderField]? {
            let cookies = values(named: "Cookie")
            guard cookies.count > 1, let first = firstIndex(where: { $0.isNamed("Cookie") }) else { return self }
            guard let joined = HeaderField("Cookie", cookies.joined(separator: "; ")) else { return nil }
            let before = self[..<first]
            return before + [joined] + self[first...].filter { !$0.isNamed("Cookie") }
        }
    }

#endif
