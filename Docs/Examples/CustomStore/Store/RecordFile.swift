import Foundation
import SessionStore

/// A line for each record: its kind, its digest, and the record in base64.
struct RecordFile {
    private let folder: URL
    private var path: String { folder.appendingPathComponent("sessions").path }

    init(folder: String) { self.folder = URL(fileURLWithPath: folder, isDirectory: true) }

    func read() throws -> [SessionKey: SessionRecord] {
        guard FileManager.default.fileExists(atPath: path) else { return [:] }
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").reduce(into: [:]) {
            let parts = $1.split(separator: " ").map(String.init)
            guard parts.count == 3, let kind = UInt8(parts[0]).flatMap(SessionKey.Kind.init(rawValue:)),
                let digest = Data(base64Encoded: parts[1]), let record = Data(base64Encoded: parts[2]),
                let key = SessionKey(kind: kind, digest: Array(digest))
            else { throw CocoaError(.fileReadCorruptFile) }
            $0[key] = SessionRecord.decode(record).record
        }
    }

    /// Writes a new file and lets it take the old one's place at once. It is on the disk when this returns.
    func write(_ records: [SessionKey: SessionRecord]) throws {
        let lines = records.map { key, record in
            "\(key.kind.rawValue) \(Data(key.digest).base64EncodedString()) \(Data(record.encoded()).base64EncodedString())\n"
        }
        let fresh = path + ".new"
        guard FileManager.default.createFile(atPath: fresh, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: fresh)
        else { throw CocoaError(.fileWriteUnknown) }
        try handle.write(contentsOf: Data(lines.joined().utf8))
        try handle.synchronize()
        try handle.close()
        guard rename(fresh, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        try FileHandle(forReadingFrom: folder).synchronize()
    }
}
