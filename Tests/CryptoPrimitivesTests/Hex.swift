import VectorJudge

/// The octets that a constant of a test spells; spaces are ignored.
func bytes(hex: String) -> [UInt8] { octets(hex: hex) }
