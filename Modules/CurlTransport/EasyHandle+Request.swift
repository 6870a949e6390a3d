import CLibcurl
import OAuthTypes

extension EasyHandle {
    /// What this exchange sends.
    func apply(_ request: TransportRequest) throws(OptionError) {
        try applyMethod(of: request)
        try applyFields(of: request)
    }

    /// On a kept connection that dies before the answer, libcurl silently sends the request again.
    func useOwnConnection() throws(OptionError) {
        try set(CLIBCURL_OPTION_FRESH_CONNECT, to: 1)
        try set(CLIBCURL_OPTION_FORBID_REUSE, to: 1)
    }

    private func applyMethod(of request: TransportRequest) throws(OptionError) {
        let method = request.method
        if method == .head { return try set(CLIBCURL_OPTION_NOBODY, to: 1) }
        // RFC 9110 §8.6: methods that anticipate content say that its length is 0.
        if request.body.isEmpty && ![.post, .put, .patch].contains(method) {
            try set(CLIBCURL_OPTION_HTTPGET, to: 1)
        } else {
            try set(CLIBCURL_OPTION_POST, to: 1)
            try set(body: request.body)
        }
        try set(CLIBCURL_OPTION_CUSTOMREQUEST, to: method.text)
    }

    private func applyFields(of request: TransportRequest) throws(OptionError) {
        if !request.asksForCoding { try askForPlainBodies() }
        for field in request.endToEndFields {
            // libcurl writes "identity" itself.
            if field.isNamed("Accept-Encoding"), !request.asksForCoding { continue }
            // "Name:" would take a field away; "Name;" sends it empty.
            try add(line: field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        // libcurl adds these to a request with a body.
        try add(line: "Expect:")
        if request.fields.values(named: "Content-Type").isEmpty { try add(line: "Content-Type:") }
        try setFields()
    }
}
