extension String {
    /// The printable ASCII of an untrusted text, at most `limit` octets.
    package func printable(upTo limit: Int) -> String {
        String(decoding: utf8.lazy.filter { (0x20...0x7E).contains($0) }.prefix(limit), as: UTF8.self)
    }
}
