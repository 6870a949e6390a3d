import FolderStore
import Foundation
import SessionStoreTesting
import Testing

/// The store keeps all laws of session stores.
@Suite final class FolderStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

    init() throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    @Test(arguments: SessionStoreLaw.allCases)
    func keeps(_ law: SessionStoreLaw) async throws {
        let folder = folder
        try await SessionStoreKit().check(law) { try FolderStore(folder: folder) }
    }

    @Test(arguments: DurableStoreLaw.allCases)
    func keeps(_ law: DurableStoreLaw) async throws {
        let folder = folder
        try await SessionStoreKit().check(law) { try FolderStore(folder: folder) }
    }
}
