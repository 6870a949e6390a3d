import CSQLite

/// A prepared statement of one connection.
// Sendable: lives in its connection, which is used by one thread at a time.
@safe final class SQLiteStatement: @unchecked Sendable {
    private let handle: OpaquePointer
    /// What was prepared.
    let sql: String
    private let path: String

    init(_ handle: OpaquePointer, sql: String, path: String) {
        unsafe self.handle = handle
        self.sql = sql
        self.path = path
    }

    deinit { unsafe sqlite3_finalize(handle) }

    /// A value for a parameter marked `?`.
    enum Value {
        case integer(Int64)
        case blob([UInt8])
    }

    /// Runs the statement, gives each row to `row`, and leaves the statement ready to be run again: no read
    /// transaction stays open.
    func run<Row>(
        _ values: [Value] = [], row: (SQLiteRow) -> Row
    ) throws(SessionStoreError) -> [Row] {
        defer { unsafe sqlite3_reset(handle) }
        try bind(values)
        var rows: [Row] = []
        while try step() { rows.append(row(unsafe SQLiteRow(handle))) }
        return rows
    }

    /// The same for a statement that has one row at most: it is not asked for another.
    func first<Row>(_ values: [Value], row: (SQLiteRow) -> Row) throws(SessionStoreError) -> Row? {
        defer { unsafe sqlite3_reset(handle) }
        try bind(values)
        return try step() ? row(unsafe SQLiteRow(handle)) : nil
    }

    /// Runs a statement whose rows, if any, do not matter.
    func run(_ values: [Value] = []) throws(SessionStoreError) {
        _ = try run(values) { _ in }
    }

    /// Whether there is a row more.
    private func step() throws(SessionStoreError) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case CSQLITE_ROW: return true
        case CSQLITE_DONE: return false
        case let code: throw .sqlite(code, during: sql, path: path)
        }
    }

    private func bind(_ values: [Value]) throws(SessionStoreError) {
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index) + 1) }
    }

    private func bind(_ value: Value, at index: Int32) throws(SessionStoreError) {
        let code =
            switch value {
            case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
            case .blob(let octets): unsafe csqlite_bind_blob(handle, index, octets, Int32(clamping: octets.count))
            }
        guard code == CSQLITE_OK else { throw .sqlite(code, during: sql, path: path) }
    }
}

/// The row at which a statement stands; valid until its next step.
@safe struct SQLiteRow {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { unsafe self.handle = handle }

    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

    func blob(_ column: Int32) -> [UInt8] {
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        guard count > 0, let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
