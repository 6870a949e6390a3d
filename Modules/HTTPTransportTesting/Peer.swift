package import OAuthTypes

/// A server on a loopback port of its own: one of the programs in `Peers`. It stops when the last reference goes.
package final class Peer: Sendable {
    package let port: UInt16
    private let process: PeerProcess
    private let log: String
    private let folder: TemporaryFolder

    /// Starts `script` and waits for its port.
    package init(_ script: String, _ arguments: [String] = []) throws(PeerError) {
        folder = try TemporaryFolder()
        log = folder.path("log")
        // Beside this file, wherever the package was checked out.
        let peers = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Peers"
        process = try PeerProcess(["python3", "\(peers)/\(script)"] + arguments, log: log)
        let line = try process.readLine()
        guard let port = UInt16(line) else { throw PeerError("\(script) printed no port: \(line)") }
        self.port = port
    }

    /// A peer that misbehaves in as many ways as it has paths.
    package static func faulty() throws(PeerError) -> Peer { try Peer("faulty_peer.py") }

    /// A peer that behaves, tells what it received, and has some tricks.
    package static func scripted(_ arguments: [String] = []) throws(PeerError) -> Peer {
        try Peer("scripted_peer.py", arguments)
    }

    package func url(_ target: String, scheme: String = "http", host: String = "127.0.0.1") throws -> EndpointURL {
        try EndpointURL("\(scheme)://\(host):\(port)/\(target)", allowing: .loopback)
    }

    /// How many requests arrived whose request line holds `text`.
    package func requests(containing text: String) throws -> Int {
        try TemporaryFolder.text(of: log).split(separator: "\n").count { entry in
            guard let start = entry.firstRange(of: "\"line\": \"") else { return false }
            return entry[start.upperBound...].prefix { $0 != "\"" }.contains(text)
        }
    }

    /// The heads of the requests that arrived whose request line holds `text`, as JSON writes them.
    package func heads(containing text: String) throws -> [String] {
        try TemporaryFolder.text(of: log).split(separator: "\n").map(String.init).filter { $0.contains(text) }
    }

    /// Returns when a request arrived whose request line holds `text`, beyond the first `known` ones.
    package func waitForRequest(containing text: String, beyond known: Int = 0) async throws {
        while try requests(containing: text) <= known { try await Task.sleep(for: .milliseconds(5)) }
    }

    package func stop() { process.terminate() }
}
