extension String {
    /// What may be shown of a text from outside: its printable ASCII, at most `limit` octets of it.
    package func printable(upTo limit: Int) -> String {
        String(decoding: utf8.lazy.filter { (0x20...0x7E).contains($0) }.prefix(limit), as: UTF8.self)
    }
}
