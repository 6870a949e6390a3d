import CLibcurl
import OAuthTypes

// libcurl's defaults are written out where a different one would break the law of HTTPTransport.
extension EasyHandle {
    /// What every exchange has in common.
    func apply(_ configuration: CurlConfiguration, to url: EndpointURL) throws(OptionRefused) {
        try setDefaults()
        try set(CURLOPT_URL, url.text)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP_CONTENT_DECODING, 0)
        try set(CURLOPT_HTTP09_ALLOWED, 0)
        // HTTP/2 would let one broken connection fail many exchanges, and a refused stream is sent again.
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        try applyTLS(configuration)
        try apply(configuration.proxy)
    }

    /// The bounds. 0 would mean libcurl's own default, so a deadline is at least a millisecond.
    func apply(_ limits: TransportLimits) throws(OptionRefused) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, EasyHandle.milliseconds(limits.connect))
        try set(CURLOPT_TIMEOUT_MS, EasyHandle.milliseconds(limits.total))
    }

    private func applyTLS(_ configuration: CurlConfiguration) throws(OptionRefused) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard let file = configuration.authoritiesFile else { return }
        try set(CURLOPT_CAINFO, file)
        // A folder of authorities that libcurl was built with would be trusted in addition.
        try set(CURLOPT_CAPATH, nil)
    }

    private func apply(_ proxy: CurlConfiguration.Proxy) throws(OptionRefused) {
        // The fields of the request are for the server, and the proxy's answer to CONNECT is not the response.
        try set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        switch proxy {
        case .environment: break
        case .none: try set(CURLOPT_PROXY, "")
        case .server(let host, let port):
            try set(CURLOPT_PROXY, "http://\(host):\(port)")
            try set(CURLOPT_NOPROXY, "localhost,127.0.0.1,::1")
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let longest: Int64 = 2_000_000
        guard seconds < longest else { return Int(longest * 1000) }
        return max(1, Int(max(0, seconds) * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
