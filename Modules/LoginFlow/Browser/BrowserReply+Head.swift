import OAuthTypes

// nginx takes 4,096 octets of an answer's head unless it is told otherwise, and turns a longer one into a 502.
extension BrowserReply {
    /// The most octets of the head of an answer of the flow, status line and what the server adds included. Sessions in
    /// cookies have a bound of their own.
    static let headLimit = 3_500
    // Status line, Date, Server, Content-Length, Connection.
    private static let serverShare = 250

    /// The octets that are left in the head when `more` goes with it too.
    func headRoom(beside more: [HeaderField]) -> Int {
        BrowserReply.headLimit - BrowserReply.serverShare - (fields + more).reduce(0) { $0 + $1.headOctets }
    }

    /// Whether the head stays within its bound when `more` goes with it too.
    func fits(beside more: [HeaderField]) -> Bool { headRoom(beside: more) >= 0 }

    /// The answer to HEAD: the head that GET would have had, the length of its body included (RFC 9110 §9.3.2).
    var withoutBody: BrowserReply {
        let length = HeaderField("Content-Length", String(body.count))
        return BrowserReply(status: status, fields: fields + [length].compactMap(\.self))
    }
}

extension HeaderField {
    /// What the field takes in a head: name, colon, blank, value and line break.
    var headOctets: Int { name.utf8.count + value.utf8.count + 4 }
}
