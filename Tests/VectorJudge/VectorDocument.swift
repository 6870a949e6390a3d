import TestSupport
package import WireFormats

/// Reads documents that are larger than any token.
package enum VectorDocument {
    private static let limits = JSONLimits(octets: 1 << 24)

    static func published(_ path: String) throws -> JSONObject {
        try JSONReader.object(try VectorFile.bytes(path), limits: limits)
    }

    package static func own(_ path: String) throws -> JSONObject {
        try JSONReader.object(try VectorFile.own(path), limits: limits)
    }
}
