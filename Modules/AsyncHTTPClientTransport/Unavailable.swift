#if !AsyncHTTPClient

    // Present only while the trait `AsyncHTTPClient` is off. Turn it on where your package depends on this one:
    // `.package(url: "…/swift-login-flow", from: "…", traits: ["AsyncHTTPClient"])`.

    /// Present only while the trait `AsyncHTTPClient` is off.
    @available(
        *, unavailable, message: "turn on the trait AsyncHTTPClient: .package(url: …, traits: [\"AsyncHTTPClient\"])"
    )
    public struct AsyncHTTPClientTransport {}

#endif
