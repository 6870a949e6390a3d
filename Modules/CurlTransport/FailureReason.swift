import CLibcurl
import OAuthTypes

extension TransportError.Reason {
    /// What an end of libcurl's means for the caller.
    init(_ code: CURLcode, sent: TransportError.Sent, progress: ResponseReader.Progress) {
        switch code {
        case CLIBCURL_COULDNT_RESOLVE_HOST: self = .unknownHost
        case CLIBCURL_COULDNT_CONNECT, CLIBCURL_COULDNT_RESOLVE_PROXY, CLIBCURL_URL_MALFORMAT: self = .connectionFailed
        case CLIBCURL_OPERATION_TIMEDOUT: self = .timedOut
        // A header line beyond libcurl's own limit ends in one of these.
        case CLIBCURL_TOO_LARGE where sent == .maybe: self = .fieldsTooLarge
        case CLIBCURL_OUT_OF_MEMORY, CLIBCURL_TOO_LARGE:
            self = sent == .maybe && progress != .body ? .fieldsTooLarge : .unavailable
        case _ where TransportError.Reason.isTLS(code): self = .tls
        default: self = TransportError.Reason.byProgress(code, sent: sent, progress: progress)
        }
    }

    private static func isTLS(_ code: CURLcode) -> Bool {
        switch code {
        case CLIBCURL_SSL_CONNECT_ERROR, CLIBCURL_PEER_FAILED_VERIFICATION, CLIBCURL_SSL_CACERT_BADFILE,
            CLIBCURL_SSL_CIPHER, CLIBCURL_SSL_CERTPROBLEM, CLIBCURL_SSL_ISSUER_ERROR, CLIBCURL_SSL_CRL_BADFILE,
            CLIBCURL_SSL_INVALIDCERTSTATUS:
            true
        default: false
        }
    }

    private static func byProgress(
        _ code: CURLcode, sent: TransportError.Sent, progress: ResponseReader.Progress
    ) -> TransportError.Reason {
        if sent == .nothing { return .connectionFailed }
        switch code {
        case CLIBCURL_UNSUPPORTED_PROTOCOL, CLIBCURL_WEIRD_SERVER_REPLY, CLIBCURL_PARTIAL_FILE:
            return .protocolViolation
        default: return progress == .none ? .connectionLost : .protocolViolation
        }
    }
}
