import CLibcurl

/// libcurl as a whole.
enum CurlLibrary {
    /// Whether libcurl has been started, which happens once in a process, and speaks TLS.
    static let isReady: Bool = {
        guard curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK else { return false }
        guard let version = unsafe curl_version_info(CURLVERSION_FIRST) else { return false }
        return unsafe version.pointee.features & CURL_VERSION_SSL != 0
    }()
}
