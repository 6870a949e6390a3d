/// What the errors of the verifiers that fetch keys have in common.
protocol TokenRefusal: Error {
    static func token(_ error: JWSError) -> Self
    static func keysUnavailable(_ error: any Error) -> Self
}

extension TokenRefusal {
    init(_ failure: TokenVerifier.Failure) {
        switch failure {
        case .token(let error): self = .token(error)
        case .keysUnavailable(let error): self = .keysUnavailable(error)
        }
    }
}
