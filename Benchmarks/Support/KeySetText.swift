import JOSE
import WireFormats

/// The texts of key sets.
public enum KeySetText {
    /// The set of the key and the next one.
    public static func ofTwo(_ corpus: Corpus) -> [UInt8] {
        text([member(corpus.nextKey), member(corpus.key)])
    }

    /// A set of `count` RSA keys of 2,048 bits, the last of which is the key of the corpus. The others have odd moduli of
    /// full length without known factors, so that they cannot sign.
    public static func many(_ corpus: Corpus, count: Int) -> [UInt8] {
        var generator = TextGenerator(seed: 1_000)
        let others = (1..<count).map { number in
            let modulus = odd2048BitModulus(&generator)
            return #"{"kty":"RSA","use":"sig","n":"\#(modulus)","e":"AQAB","kid":"old-\#(number)","alg":"RS256"}"#
        }
        return text(others + [member(corpus.key)])
    }

    private static func member(_ key: SigningKey) -> String {
        let members = key.publicJWK.members.map { #""\#($0.name)":"\#($0.value.stringValue ?? "")""# }
        return "{" + members.joined(separator: ",") + "}"
    }

    private static func text(_ members: [String]) -> [UInt8] {
        Array((#"{"keys":["# + members.joined(separator: ",") + "]}").utf8)
    }

    private static func odd2048BitModulus(_ generator: inout TextGenerator) -> String {
        var octets = (0..<256).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        octets[0] |= 0x80
        octets[255] |= 1
        return Base64URLText.encode(octets)
    }
}
