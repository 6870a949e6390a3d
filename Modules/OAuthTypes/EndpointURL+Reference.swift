extension EndpointURL {
    /// The URL that a `Location` in a response from this URL names (RFC 3986 §5.2); dot segments stay as they are, a
    /// fragment is removed.
    ///
    /// Nil if the result breaks the rules of a URL here. `http` is accepted for loopback hosts if this URL uses it.
    package func resolving(_ reference: String) -> EndpointURL? {
        let target = String(reference.prefix { $0 != "#" })
        guard !target.isEmpty else { return nil }
        return try? EndpointURL(absolute(target), allowing: origin.scheme == "http" ? .loopback : .refused)
    }

    private func absolute(_ reference: String) -> String {
        if reference.hasPrefix("//") { return "\(origin.scheme):\(reference)" }
        if reference.hasPrefix("/") { return "\(origin)\(reference)" }
        if reference.hasPrefix("?") { return "\(origin)\(path)\(reference)" }
        // RFC 3986 §3.1: a scheme ends before any of "/?#".
        let beginning = reference.prefix { $0 != "/" && $0 != "?" }
        if beginning.contains(":") { return reference }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return "\(origin)\(folder)\(reference)"
    }
}
