#if !HTTPTypes

    public import LoginFlow

    // Present only while the trait `HTTPTypes` is off. Turn it on where your package depends on this one:
    // `.package(url: "…/swift-login-flow", from: "…", traits: ["HTTPTypes"])`.

    extension BrowserRequest {
        /// Present only while the trait `HTTPTypes` is off.
        @available(*, unavailable, message: "turn on the trait HTTPTypes: .package(url: …, traits: [\"HTTPTypes\"])")
        public init?<HTTPRequest>(_ request: HTTPRequest, body: [UInt8] = []) { nil }
    }

#endif
