import CLibcurl
import OAuthTypes

extension TransportFailure.Reason {
    /// What an end of libcurl's means for the caller.
    init(_ code: CURLcode, sent: TransportFailure.Sent, progress: ResponseReader.Progress) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: self = .unknownHost
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY, CURLE_URL_MALFORMAT: self = .connectionFailed
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        // A header line beyond libcurl's own limit ends in one of these; 100 is CURLE_TOO_LARGE, since 8.6.
        case _ where code == CURLE_OUT_OF_MEMORY || code.rawValue == 100:
            self = sent == .maybe && progress != .body ? .fieldsTooLarge : .unavailable
        case _ where TransportFailure.Reason.isTLS(code): self = .tls
        default: self = TransportFailure.Reason.byProgress(code, sent, progress)
        }
    }

    private static func isTLS(_ code: CURLcode) -> Bool {
        switch code {
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS:
            true
        default: false
        }
    }

    private static func byProgress(
        _ code: CURLcode, _ sent: TransportFailure.Sent, _ progress: ResponseReader.Progress
    ) -> TransportFailure.Reason {
        if sent == .nothing { return .connectionFailed }
        switch code {
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_PARTIAL_FILE: return .protocolViolation
        default: return progress == .none ? .connectionLost : .protocolViolation
        }
    }
}
