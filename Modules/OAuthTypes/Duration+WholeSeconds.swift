extension Duration {
    /// The whole seconds, a fraction cut off, held at the bounds of the type.
    package var wholeSeconds: Int64 {
        guard self < .seconds(Int64.max) else { return .max }
        guard self > .seconds(Int64.min) else { return .min }
        return components.seconds
    }
}
