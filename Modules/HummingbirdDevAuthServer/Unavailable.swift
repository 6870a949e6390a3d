#if !Hummingbird

    // Present only while the trait `Hummingbird` is off. Turn it on where your package depends on this one:
    // `.package(url: "…/swift-login-flow", from: "…", traits: ["Hummingbird"])`.

    /// Present only while the trait `Hummingbird` is off.
    @available(*, unavailable, message: "turn on the trait Hummingbird: .package(url: …, traits: [\"Hummingbird\"])")
    public struct DevAuthServerResponder {}

#endif
