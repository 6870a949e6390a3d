#if AsyncHTTPClient

    import AsyncHTTPClientTransport

    /// A transport for an internal provider, whose authority is in `file`.
    func internalTransport(trusting file: String) throws -> AsyncHTTPClientTransport {
        try AsyncHTTPClientTransport(AsyncHTTPClientConfiguration(caFile: file))
    }

#endif
