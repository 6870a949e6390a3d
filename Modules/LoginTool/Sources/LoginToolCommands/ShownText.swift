extension String {
    /// The printable ASCII of an untrusted text, at most `limit` octets.
    func shown(upTo limit: Int) -> String {
        String(decoding: utf8.lazy.filter { (0x20...0x7E).contains($0) }.prefix(limit), as: UTF8.self)
    }
}

extension [String] {
    /// A few names of an untrusted list.
    var shown: String {
        let few = prefix(8).map { $0.shown(upTo: 48) }
        return few.isEmpty ? "nothing" : few.joined(separator: ", ") + (count > few.count ? ", …" : "")
    }
}
