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

    /// The deadlines, of which the second is what waiting has left of it.
    func apply(_ limits: TransportLimits, milliseconds: Int) throws(OptionRefused) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(millisecondsOf: limits.connect))
        try set(CURLOPT_TIMEOUT_MS, max(1, milliseconds))
    }

    private func applyTLS(_ configuration: CurlConfiguration) throws(OptionRefused) {
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = configuration.authoritiesFile { try set(authoritiesFile: file) }
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
}
