import CLibcurl
import OAuthTypes

// libcurl's defaults are written out where a different one would break the law of HTTPTransport.
extension EasyHandle {
    /// What every exchange has in common.
    func apply(_ configuration: CurlConfiguration, to url: EndpointURL) throws(OptionError) {
        try setDefaults()
        try set(CLIBCURL_OPTION_URL, to: url.text)
        try set(CLIBCURL_OPTION_PATH_AS_IS, to: 1)
        try set(CLIBCURL_OPTION_NOSIGNAL, to: 1)
        try set(CLIBCURL_OPTION_NETRC, to: CLIBCURL_NETRC_IGNORED)
        try set(CLIBCURL_OPTION_FOLLOWLOCATION, to: 0)
        try set(CLIBCURL_OPTION_HTTP09_ALLOWED, to: 0)
        // HTTP/2 would let one broken connection fail many exchanges, and a refused stream is sent again.
        try set(CLIBCURL_OPTION_HTTP_VERSION, to: CLIBCURL_HTTP_1_1)
        try set(CLIBCURL_OPTION_USERAGENT, to: configuration.userAgent)
        try applyTLS(configuration)
        try apply(configuration.proxy)
    }

    /// The deadlines, of which the second is what waiting has left of it.
    func apply(_ limits: TransportLimits, milliseconds: Int) throws(OptionError) {
        try set(CLIBCURL_OPTION_CONNECTTIMEOUT_MS, to: Int(millisecondsOf: limits.connect))
        try set(CLIBCURL_OPTION_TIMEOUT_MS, to: max(1, milliseconds))
    }

    private func applyTLS(_ configuration: CurlConfiguration) throws(OptionError) {
        try set(CLIBCURL_OPTION_SSL_VERIFYPEER, to: 1)
        try set(CLIBCURL_OPTION_SSL_VERIFYHOST, to: 2)
        try set(CLIBCURL_OPTION_SSLVERSION, to: CLIBCURL_TLS_1_2_OR_LATER)
        if let file = configuration.caFile { try set(caFile: file) }
    }

    private func apply(_ proxy: CurlConfiguration.Proxy) throws(OptionError) {
        // The fields of the request are for the server, and the proxy's answer to CONNECT is not the response.
        try set(CLIBCURL_OPTION_HEADEROPT, to: CLIBCURL_SEPARATE_HEADERS)
        try set(CLIBCURL_OPTION_SUPPRESS_CONNECT_HEADERS, to: 1)
        switch proxy {
        case .environment: break
        case .none: try set(CLIBCURL_OPTION_PROXY, to: "")
        case .server(let host, let port):
            try set(CLIBCURL_OPTION_PROXY, to: "http://\(host):\(port)")
            try set(CLIBCURL_OPTION_NOPROXY, to: "localhost,127.0.0.1,::1")
        }
    }
}
