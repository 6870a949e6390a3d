/// What every exchange of a transport has in common.
struct TransferSettings: Sendable {
    let configuration: CurlConfiguration
    let certificate: ClientCertificate?
}
