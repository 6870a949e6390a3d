extension [HeaderField] {
    /// The content codings that a response names, but for `identity`; nil when there is none. At most 64 octets of
    /// printable ASCII.
    package var contentCoding: String? {
        let named = values(named: "Content-Encoding").joined(separator: ", ").printable(upTo: 64)
        return ["", "identity"].contains(named.lowercased()) ? nil : named
    }
}
