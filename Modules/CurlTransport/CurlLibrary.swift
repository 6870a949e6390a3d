import CLibcurl

/// libcurl as a whole.
enum CurlLibrary {
    /// Whether libcurl has been started, which happens once in a process, and speaks TLS.
    static let isReady = clibcurl_start() == CLIBCURL_OK && clibcurl_speaks_tls() != 0
}
