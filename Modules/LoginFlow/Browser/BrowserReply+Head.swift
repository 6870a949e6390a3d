import OAuthTypes

// nginx accepts 4,096 octets of response head by default, and turns a longer one into a 502.
extension BrowserReply {
    /// The maximum size in octets of the head of the flow's responses, including status line and what the server adds.
    /// Sessions in cookies have their own limit.
    static let headLimit = 3_500
    // Status line, Date, Server, Content-Length, Connection.
    private static let serverShare = 250

    /// The octets left in the head when `more` is added.
    func headRoom(beside more: [HeaderField]) -> Int {
        BrowserReply.headLimit - BrowserReply.serverShare - (fields + more).reduce(0) { $0 + $1.headOctets }
    }

    /// Whether the head stays within its limit when `more` is added.
    func fits(beside more: [HeaderField]) -> Bool { headRoom(beside: more) >= 0 }

    /// The response to HEAD: the head that GET would have had, including the length of its body (RFC 9110 §9.3.2).
    var withoutBody: BrowserReply {
        let length = HeaderField("Content-Length", String(body.count))
        return BrowserReply(status: status, fields: fields + [length].compactMap(\.self))
    }
}

extension HeaderField {
    /// The octets of the field in a head: name, colon, space, value and line break.
    var headOctets: Int { name.utf8.count + value.utf8.count + 4 }
}
