import OAuthTypes

/// How a database is opened: created if there is none, refused if it is not ours, and handled if it is damaged.
struct SQLiteOpening {
    let path: String
    let options: SQLiteSessionStore.Options
    let random: RandomSource
    let notice: @Sendable (SessionStoreEvent) -> Void

    /// The connection that will write.
    func open() throws(SessionStoreError) -> SQLiteConnection {
        do { return try attempt() } catch {
            guard error.isDamage, options.damage == .moveAside else { throw error }
        }
        return try SQLiteLock(of: path).hold { () throws(SessionStoreError) in
            // Another process may have been quicker.
            do throws(SessionStoreError) { return try attempt() } catch {
                guard error.isDamage else { throw error }
            }
            let other = "\(path).damaged-\(freshName())"
            try SQLiteFile.moveAside(path, to: other)
            notice(.movedAside(path: path, to: other))
            return try attempt()
        }
    }

    private func attempt() throws(SessionStoreError) -> SQLiteConnection {
        try SQLiteFile.createIfAbsent(path, random: freshName())
        try SQLiteFile.checkExposure(path)
        let connection = try SQLiteConnection(path: path)
        do {
            let isNew = try SQLiteSchema.prepare(connection, path: path)
            if options.check == .whole { try SQLiteSchema.check(connection, path: path) }
            try SQLiteFile.checkExposure(path)
            if isNew { notice(.created(path: path)) }
        } catch {
            if error.isDamage { connection.leaveFilesAlone() }
            throw error
        }
        return connection
    }

    private func freshName() -> String { Hex.encode(random.bytes(count: 8)) }
}

extension SessionStoreError {
    fileprivate var isDamage: Bool {
        switch self {
        case .corrupt, .noDatabase: true
        default: false
        }
    }
}
