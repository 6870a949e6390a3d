extension Work {
    /// A mistake, planted: the first failure is remembered, although libcrypto has got over it.
    static func remembering(_ fixture: Fixture) -> Work {
        let sound = importing(fixture)
        var hasFailed = false
        return Work(name: "import a public key, unless it failed once") {
            guard !hasFailed else { return .refused }
            hasFailed = true
            let outcome = try sound.run()
            hasFailed = outcome != .right
            return outcome
        }
    }
}
