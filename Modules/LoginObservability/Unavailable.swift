#if !Observability

    // Present only while the trait `Observability` is off. Turn it on where your package depends on this one:
    // `.package(url: "…/swift-login-flow", from: "…", traits: ["Observability"])`.

    /// Present only while the trait `Observability` is off.
    @available(
        *, unavailable, message: "turn on the trait Observability: .package(url: …, traits: [\"Observability\"])"
    )
    public struct LoginLogger {}

    /// Present only while the trait `Observability` is off.
    @available(
        *, unavailable, message: "turn on the trait Observability: .package(url: …, traits: [\"Observability\"])"
    )
    public struct LoginMetrics {}

    /// Present only while the trait `Observability` is off.
    @available(
        *, unavailable, message: "turn on the trait Observability: .package(url: …, traits: [\"Observability\"])"
    )
    public struct LoginTracer {}

    /// Present only while the trait `Observability` is off.
    @available(
        *, unavailable, message: "turn on the trait Observability: .package(url: …, traits: [\"Observability\"])"
    )
    public struct TracedTransport<Base> {}

#endif
