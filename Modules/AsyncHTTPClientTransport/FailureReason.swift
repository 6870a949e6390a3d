#if AsyncHTTPClient

    import AsyncHTTPClient
    import NIOCore
    import NIOHTTPCompression
    import NIOPosix
    import NIOSSL
    import OAuthTypes

    extension TransportError.Reason {
        /// What an error of AsyncHTTPClient means for the caller.
        init(_ error: any Error, sent: TransportError.Sent, reader: ResponseReader, url: EndpointURL) {
            if sent == .nothing {
                self = TransportError.Reason(beforeSending: error, isSecure: url.origin.scheme == "https")
                return
            }
            if error as? NIOHTTPDecompression.DecompressionError == .limit {
                self = .bodyTooLarge
            } else if let coding = reader.contentCoding, TransportError.Reason.isOfDecoder(error) {
                self = .contentCoding(coding)
            } else {
                self =
                    reader.progress == .none && TransportError.Reason.isOfConnection(error)
                    ? .connectionLost : .protocolViolation
            }
        }

        private init(beforeSending error: any Error, isSecure: Bool) {
            switch error {
            case let error as NIOConnectionError: self = TransportError.Reason(connecting: error)
            case let error as HTTPClientError where TransportError.Reason.deadlines.contains(error): self = .timedOut
            // The peer hung up in the handshake.
            case let error as HTTPClientError where error == .remoteConnectionClosed && isSecure: self = .tls
            case is HTTPClientError, is IOError: self = .connectionFailed
            default: self = isSecure ? .tls : .connectionFailed
            }
        }

        private static let deadlines: [HTTPClientError] = [
            .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .getConnectionFromPoolTimeout,
        ]

        private init(connecting error: NIOConnectionError) {
            let isTimeout = { (failure: SingleConnectionFailure) in
                if case ChannelError.connectTimeout = failure.error { true } else { false }
            }
            if error.connectionErrors.isEmpty {
                self = error.dnsAError != nil || error.dnsAAAAError != nil ? .unknownHost : .connectionFailed
            } else {
                self = error.connectionErrors.allSatisfy(isTimeout) ? .timedOut : .connectionFailed
            }
        }

        private static func isOfDecoder(_ error: any Error) -> Bool {
            error is NIOHTTPDecompression.DecompressionError || error is NIOHTTPDecompression.ExtraDecompressionError
        }

        private static func isOfConnection(_ error: any Error) -> Bool {
            error is IOError || error is ChannelError || error is NIOSSLError || error is BoringSSLError
                || error as? HTTPClientError == .remoteConnectionClosed
        }
    }

#endif
