// What Swift cannot import from SQLite – variadic functions and macros that cast – as inline functions. Nothing here decides
// anything; SessionStore/SQLite is the only caller.
#pragma once

#include <sqlite3.h>

// SQLite copies the octets. An empty value binds as an empty blob, not as NULL.
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *octets, int count) {
    if (count == 0) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob(statement, index, octets, count, SQLITE_TRANSIENT);
}

static inline int csqlite_set(sqlite3 *connection, int option, int value) {
    return sqlite3_db_config(connection, option, value, (int *)0);
}

// Notes in `*frames` how many frames the write-ahead log has after each commit, and takes the place of SQLite's own
// checkpoints.
static inline int csqlite_note_frames(void *frames, sqlite3 *connection, const char *name, int count) {
    (void)connection;
    (void)name;
    *(int *)frames = count;
    return SQLITE_OK;
}

static inline void csqlite_watch_log(sqlite3 *connection, int *frames) {
    sqlite3_wal_hook(connection, csqlite_note_frames, frames);
}
