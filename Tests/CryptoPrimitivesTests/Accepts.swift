import CryptoPrimitives

// #expect cannot capture a Span, so the tests verify through arrays.

enum RSAPadding: Hashable, CaseIterable { case pkcs1, pss }

extension RSAPublicKey {
    func accepts(_ signature: [UInt8], over message: [UInt8], padding: RSAPadding, hash: SHA2.Size) -> Bool {
        switch padding {
        case .pkcs1: verifyPKCS1(signature: signature.span, of: message.span, hash: hash)
        case .pss: verifyPSS(signature: signature.span, of: message.span, hash: hash)
        }
    }
}

extension RSAPrivateKey {
    func sign(_ message: [UInt8], padding: RSAPadding, hash: SHA2.Size) throws -> [UInt8] {
        switch padding {
        case .pkcs1: try signPKCS1(message, hash: hash)
        case .pss: try signPSS(message, hash: hash)
        }
    }
}

extension ECPublicKey {
    func accepts(_ signature: [UInt8], over message: [UInt8], hash: SHA2.Size) -> Bool {
        verify(signature: signature.span, of: message.span, hash: hash)
    }
}

extension EdwardsPublicKey {
    func accepts(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        verify(signature: signature.span, of: message.span)
    }
}
