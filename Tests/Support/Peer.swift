package import OAuthTypes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server of Tests/Vectors/tools on a loopback port of its own. It stops when the last reference goes.
package final class Peer: Sendable {
    package let port: UInt16
    private let process: LocalProcess
    private let log: String
    private let folder: TemporaryFolder

    /// Starts `script` and waits for its port.
    package init(_ script: String, _ arguments: [String] = []) throws {
        folder = try TemporaryFolder()
        log = folder.path("log")
        let tools = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        process = try LocalProcess(["python3", "/\(tools)/Vectors/tools/\(script)"] + arguments, log: log)
        let line = try process.readLine()
        guard let port = UInt16(line) else { throw BrokenError("\(script) printed no port: \(line)") }
        self.port = port
    }

    package static func faulty() throws -> Peer { try Peer("faulty_peer.py") }

    package static func scripted(_ arguments: [String] = []) throws -> Peer { try Peer("scripted_peer.py", arguments) }

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

/// The test's own preparations failed.
package struct BrokenError: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}

/// A folder that is removed with its files when the last reference goes.
package final class TemporaryFolder: Sendable {
    private let root: String

    package init() throws {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/transport-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw BrokenError("no temporary folder") }
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? LocalProcess.run(["rm", "-rf", root]) }

    package func path(_ name: String) -> String { "\(root)/\(name)" }

    package static func text(of path: String) throws -> String {
        guard let file = unsafe fopen(path, "rb") else { throw BrokenError("cannot read \(path)") }
        defer { unsafe fclose(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = unsafe fread(&buffer, 1, buffer.count, file), count > 0 { octets += buffer[..<count] }
        return String(decoding: octets, as: UTF8.self)
    }

    package static func write(_ text: String, to path: String) throws {
        guard let file = unsafe fopen(path, "wb") else { throw BrokenError("cannot write \(path)") }
        defer { unsafe fclose(file) }
        guard unsafe fputs(text, file) >= 0 else { throw BrokenError("cannot write \(path)") }
    }
}

/// What a test got: an answer or a typed failure.
package enum Ending: Sendable, Hashable, CustomStringConvertible {
    case status(Int)
    case failure(TransportError.Reason, TransportError.Sent)

    package var description: String {
        switch self {
        case .status(let status): "status \(status)"
        case .failure(let reason, let sent): "\(reason), sent: \(sent)"
        }
    }
}

extension HTTPTransport {
    /// Sends and folds both outcomes into one value.
    package func ending(_ request: TransportRequest, within limits: TransportLimits = .generous) async -> Ending {
        do throws(TransportError) {
            return .status(try await send(request, within: limits).status)
        } catch {
            return .failure(error.reason, error.sent)
        }
    }

    /// The body of the answer to a GET that may use a kept connection.
    package func text(_ url: EndpointURL) async throws -> String {
        let response = try await send(TransportRequest(.get, url, replay: .idempotent), within: .generous)
        return String(decoding: response.body, as: UTF8.self)
    }
}

extension TransportLimits {
    /// Deadlines that end a hanging test and that no working one meets, however busy the machine.
    package static let generous = TransportLimits(connect: .seconds(300), total: .seconds(300))
    /// For peers that never answer.
    package static let short = TransportLimits(connect: .seconds(300), total: .milliseconds(1500))
}
