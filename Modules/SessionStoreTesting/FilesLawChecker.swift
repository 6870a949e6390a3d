import OAuthTypes
import SessionStore

/// One law of stores that keep files: they are copied while a handle is open, as a killed process leaves them.
struct FilesLawChecker: Sendable {
    let law: String
    let kit: SessionStoreKit
    let directory: String
    let open: @Sendable (String) async throws -> any SessionStore

    func run(_ law: StoreFilesLaw) async throws {
        let filled = try await filled()
        defer { FileImage.remove(filled.home) }
        switch law {
        case .killLosesNothing: try await killLosesNothing(filled)
        case .killBringsNothingBack: try await killBringsNothingBack(filled)
        case .tornWriteHarmsNothingElse: try await tornWriteHarmsNothingElse(filled)
        case .damageIsNeverARecord: try await damageIsNeverARecord(filled)
        case .exchangedFilesAreNeverARecord: try await exchangedFilesAreNeverARecord(filled)
        }
    }

    /// A store of a few records, of which some were updated and one was removed, with every state that each had.
    private struct Filled {
        let checker: LawChecker
        let home: String
        let tag: IndexTag
        var states: [SessionKey: [SessionRecord?]] = [:]

        func last(_ key: SessionKey) -> SessionRecord? { states[key]?.last ?? nil }
    }

    private func filled() async throws -> Filled {
        let home = directory + "/store"
        try FileImage.makeDirectory(home)
        let checker = LawChecker(law: law, store: try await open(home), kit: kit)
        var filled = Filled(checker: checker, home: home, tag: try checker.freshTag())
        for number in 0..<4 {
            let key = checker.freshKey()
            filled.states[key] = [try await checker.create(checker.sample("\(number)", tags: [filled.tag]), under: key)]
            if number == 0 { try await update(key, in: &filled) }
            if number == 1 {
                _ = try await checker.store.remove(key, at: checker.now)
                filled.states[key]?.append(nil)
            }
        }
        return filled
    }

    private func update(_ key: SessionKey, in filled: inout Filled) async throws {
        guard let record = filled.last(key) else { return }
        let next = filled.checker.sample("updated", tags: [filled.tag])
        _ = try await filled.checker.store.write(next, for: key, if: .revision(record.revision), at: filled.checker.now)
        filled.states[key]?.append(next)
    }

    /// Runs `body` with a store on other files, which are removed afterwards.
    private func onStore(of image: FileImage, perform body: (any SessionStore) async throws -> Void) async throws {
        let home = directory + "/image"
        try image.write(to: home)
        defer { FileImage.remove(home) }
        try await body(try await open(home))
    }
}

extension FilesLawChecker {
    private func killLosesNothing(_ filled: Filled) async throws {
        let live = filled.states.keys.filter { filled.last($0) != nil }
        try await onStore(of: try FileImage(of: filled.home)) { store in
            for key in live {
                let found = try await store.read(key, at: filled.checker.now)
                try filled.checker.require(found, is: filled.last(key), what: "the record in a killed process's files")
            }
            try await filled.checker.require(Set(live), areFoundUnder: filled.tag, in: store)
        }
    }

    private func killBringsNothingBack(_ filled: Filled) async throws {
        try await onStore(of: try FileImage(of: filled.home)) { store in
            for key in filled.states.keys where filled.last(key) == nil {
                let found = try await store.read(key, at: filled.checker.now)
                try filled.checker.require(found, is: nil, what: "the removed record in a killed process's files")
            }
        }
    }

    // The last write reached the disk in part: each file that it changed begins as it is now and ends as it was.
    private func tornWriteHarmsNothingElse(_ filled: Filled) async throws {
        var filled = filled
        guard let key = filled.states.keys.first(where: { filled.last($0) != nil }) else { return }
        let before = try FileImage(of: filled.home)
        try await update(key, in: &filled)
        let after = try FileImage(of: filled.home)
        for (path, file) in after.files where before.files[path]?.octets != file.octets {
            for cut in FileImage.cuts(of: file.octets.count) {
                var torn = after
                torn.files[path]?.octets.replaceSubrange(cut..., with: before.files[path]?.octets.dropFirst(cut) ?? [])
                try await onStore(of: torn) { try await requireHarmless($0, beside: key, of: filled) }
            }
        }
    }

    private func requireHarmless(_ store: any SessionStore, beside key: SessionKey, of filled: Filled) async throws {
        for other in filled.states.keys where other != key && filled.last(other) != nil {
            let found = try await store.read(other, at: filled.checker.now)
            try filled.checker.require(found, is: filled.last(other), what: "another record")
        }
        let found = try await store.read(key, at: filled.checker.now)
        let isOwn = found == nil || filled.states[key]?.contains(found) == true
        try filled.checker.require(isOwn, "the record as before, as after, or gone", found: "something else")
    }

    private func damageIsNeverARecord(_ filled: Filled) async throws {
        let whole = try FileImage(of: filled.home)
        for (path, file) in whole.files {
            for damage in [[], Array("neither a record nor a database".utf8), Array(file.octets.dropLast())] {
                var damaged = whole
                damaged.files[path]?.octets = damage
                try await requireOwn(damaged, of: filled)
            }
        }
    }

    private func exchangedFilesAreNeverARecord(_ filled: Filled) async throws {
        let whole = try FileImage(of: filled.home)
        // Empty files, such as locks, tell nothing when they are exchanged.
        let paths = whole.files.filter { !$0.value.octets.isEmpty }.keys.sorted()
        for (path, other) in zip(paths, paths.dropFirst()) {
            var exchanged = whole
            exchanged.files[path] = whole.files[other]
            exchanged.files[other] = whole.files[path]
            try await requireOwn(exchanged, of: filled)
        }
    }

    // Whatever the files hold: a store refuses to open or to answer, has no record, or has one that was written there.
    private func requireOwn(_ image: FileImage, of filled: Filled) async throws {
        do {
            try await onStore(of: image) { store in
                for (key, states) in filled.states {
                    guard var found = try await store.read(key, at: filled.checker.now) else { continue }
                    // The end may have come with another file.
                    found.idleEnd = states.lazy.compactMap { $0 }.first?.idleEnd ?? found.idleEnd
                    let isOwn = states.contains(found)
                    try filled.checker.require(isOwn, "a record that was written under its key", found: "another one")
                }
            }
        } catch let violation as SessionStoreLawError { throw violation } catch {}
    }
}
