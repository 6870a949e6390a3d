#if !Lifecycle

    // Present only while the trait `Lifecycle` is off. Turn it on where your package depends on this one:
    // `.package(url: "…/swift-login-flow", from: "…", traits: ["Lifecycle"])`.

    /// Present only while the trait `Lifecycle` is off.
    @available(*, unavailable, message: "turn on the trait Lifecycle: .package(url: …, traits: [\"Lifecycle\"])")
    public struct LoginService {}

#endif
