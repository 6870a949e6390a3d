/// A certificate authority made for one test.
package final class Authority: Sendable {
    package enum Leaf: Sendable {
        case good, expired, future, wrongHost, selfSigned, client
    }

    private let folder: TemporaryFolder
    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    package var certificate: String { folder.path("ca.pem") }

    package init() throws(PeerError) {
        folder = try TemporaryFolder()
        let names = ["-subj", "/CN=Test authority", "-keyout", folder.path("ca.key"), "-out", folder.path("ca.pem")]
        try Authority.openssl(["req", "-x509", "-days", "2"] + names + Authority.newKey)
        try TemporaryFolder.write("", to: folder.path("index.txt"))
        try TemporaryFolder.write(Authority.settings(folder), to: folder.path("ca.cnf"))
    }

    /// Makes a key and a certificate.
    package func issue(_ leaf: Leaf) throws(PeerError) -> (certificate: String, key: String) {
        let (key, request, certificate) = (
            folder.path("\(leaf).key"), folder.path("\(leaf).csr"), folder.path("\(leaf).pem")
        )
        let name = leaf == .wrongHost ? "DNS:other.example" : "DNS:localhost,IP:127.0.0.1"
        let subject = [
            "-subj", leaf == .client ? "/CN=A client of the test" : "/CN=localhost", "-addext",
            "subjectAltName=\(name)", "-keyout", key,
        ]
        if leaf == .selfSigned {
            try Authority.openssl(["req", "-x509", "-days", "2", "-out", certificate] + subject + Authority.newKey)
            return (certificate, key)
        }
        try Authority.openssl(["req", "-new", "-out", request] + subject + Authority.newKey)
        let (start, end) = Authority.validity(of: leaf)
        let authority = [
            "-config", folder.path("ca.cnf"), "-cert", folder.path("ca.pem"), "-keyfile", folder.path("ca.key"),
        ]
        let dates = ["-startdate", start, "-enddate", end]
        try Authority.openssl(["ca", "-batch", "-notext", "-in", request, "-out", certificate] + authority + dates)
        return (certificate, key)
    }

    /// Writes the key in `file` under a password.
    package static func encrypt(_ file: String, to other: String, password: String) throws(PeerError) {
        try openssl([
            "pkcs8", "-topk8", "-in", file, "-out", other, "-passout", "pass:\(password)", "-v2", "aes-256-cbc",
        ])
    }

    private static func openssl(_ arguments: [String]) throws(PeerError) {
        try PeerProcess.run(["openssl"] + arguments)
    }

    private static func validity(of leaf: Leaf) -> (start: String, end: String) {
        switch leaf {
        case .expired: ("20200101000000Z", "20200201000000Z")
        case .future: ("20490101000000Z", "20491231000000Z")
        default: ("20200101000000Z", "20491231000000Z")
        }
    }

    private static func settings(_ folder: TemporaryFolder) -> String {
        """
        [ca]
        default_ca = test
        [test]
        database = \(folder.path("index.txt"))
        new_certs_dir = \(folder.path(""))
        rand_serial = yes
        default_md = sha256
        policy = anything
        copy_extensions = copy
        [anything]
        commonName = supplied

        """
    }
}
