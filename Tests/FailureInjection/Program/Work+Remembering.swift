extension Work {
    /// A planted bug: the first failure is remembered although libcrypto has recovered.
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
