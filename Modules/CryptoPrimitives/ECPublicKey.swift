import CLibcrypto
import Concurrency

/// A public key on a prime curve that verifies ECDSA signatures, for any number of callers at once.
package final class ECPublicKey: Sendable {
    package let curve: EllipticCurve
    /// The affine coordinates, big-endian, each `curve.coordinateCount` octets.
    package let x, y: [UInt8]
    private let key: EVPKey
    private let contexts = ContextPool<any SignatureContext>()

    /// A key from its affine coordinates, each exactly `curve.coordinateCount` octets (RFC 7518 §6.2.1).
    ///
    /// Throws unless they are a point of the curve; the point at infinity has no such coordinates.
    package init(curve: EllipticCurve, x: [UInt8], y: [UInt8]) throws(CryptoError) {
        for coordinate in [x, y] where coordinate.count != curve.coordinateCount {
            throw .length(of: .coordinate, expected: curve.coordinateCount, actual: coordinate.count)
        }
        self.curve = curve
        self.x = x
        self.y = y
        key = try EVPKey.point(on: curve, x: x, y: y)
    }

    /// Whether `signature` is this key's ECDSA signature over `message`: r and s, each as long as a coordinate
    /// (IEEE P1363, RFC 7518 §3.4).
    ///
    /// False also when libcrypto cannot verify, for want of memory.
    package func verify(signature: Span<UInt8>, of message: Span<UInt8>, hash: SHA2.Size) -> Bool {
        guard let der = ECDSASignature.der(fixedWidth: signature, curve: curve) else { return false }
        return contexts.verify(der.span, over: message, scheme: .ecdsa(hash)) { () throws(CryptoError) in
            try EVPSignatureContext(key, scheme: .ecdsa(hash))
        }
    }
}

extension EVPKey {
    /// The public key of a point that is proved to be on the curve.
    ///
    /// Throws ``CryptoError/invalidPoint`` only for what the coordinates are: want of memory is another error.
    static func point(on curve: EllipticCurve, x: [UInt8], y: [UInt8]) throws(CryptoError) -> EVPKey {
        let point = [0x04] + x + y  // SEC 1 §2.3.3, uncompressed
        ERR_clear_error()  // what follows is told apart by this thread's errors
        guard let made = unsafe clibcrypto_ec_public_key(curve.name, point, point.count) else {
            throw pointFailure("EVP_PKEY_fromdata")
        }
        let key = try unsafe EVPKey(owning: made, from: "EVP_PKEY_fromdata")
        try key.checkPoint()
        return key
    }

    /// Throws unless the point is on the curve, in range and not at infinity. With cofactor 1 its order needs no check.
    private func checkPoint() throws(CryptoError) {
        let call = "EVP_PKEY_public_check_quick"
        let context = try unsafe Libcrypto.owned(EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil), call: call)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        guard unsafe EVP_PKEY_public_check_quick(context) == 1 else { throw Self.pointFailure(call) }
    }

    private static func pointFailure(_ call: String) -> CryptoError {
        let code = ERR_peek_last_error()
        return clibcrypto_has_refused_point() == 1 ? .invalidPoint : .libcrypto(call: call, code: UInt(code))
    }
}
