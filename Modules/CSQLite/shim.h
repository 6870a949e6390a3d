// What Swift cannot import from SQLite – variadic functions and macros that cast – as inline functions, and its constants.
// Nothing here decides anything; SessionStore/SQLite is the only caller.
#pragma once

#include <sqlite3.h>

// How SQLite writes a name decides which type Swift gives it, and whether it sees it at all. It sees these instead.
static const int CSQLITE_OK = SQLITE_OK;
static const int CSQLITE_ROW = SQLITE_ROW;
static const int CSQLITE_DONE = SQLITE_DONE;
static const int CSQLITE_BUSY = SQLITE_BUSY;
static const int CSQLITE_LOCKED = SQLITE_LOCKED;
static const int CSQLITE_FULL = SQLITE_FULL;
static const int CSQLITE_CORRUPT = SQLITE_CORRUPT;
static const int CSQLITE_NOTADB = SQLITE_NOTADB;
static const int CSQLITE_TOOBIG = SQLITE_TOOBIG;
static const int CSQLITE_OPEN_READWRITE = SQLITE_OPEN_READWRITE;
static const int CSQLITE_OPEN_NOMUTEX = SQLITE_OPEN_NOMUTEX;
static const int CSQLITE_OPEN_NOFOLLOW = SQLITE_OPEN_NOFOLLOW;
static const int CSQLITE_OPEN_EXRESCODE = SQLITE_OPEN_EXRESCODE;
static const int CSQLITE_DBCONFIG_DEFENSIVE = SQLITE_DBCONFIG_DEFENSIVE;
static const int CSQLITE_DBCONFIG_TRUSTED_SCHEMA = SQLITE_DBCONFIG_TRUSTED_SCHEMA;
static const int CSQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION = SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION;
static const int CSQLITE_DBCONFIG_ENABLE_TRIGGER = SQLITE_DBCONFIG_ENABLE_TRIGGER;
static const int CSQLITE_DBCONFIG_ENABLE_VIEW = SQLITE_DBCONFIG_ENABLE_VIEW;
static const int CSQLITE_DBCONFIG_NO_CKPT_ON_CLOSE = SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
static const int CSQLITE_LIMIT_LENGTH = SQLITE_LIMIT_LENGTH;
static const int CSQLITE_LIMIT_ATTACHED = SQLITE_LIMIT_ATTACHED;
static const unsigned CSQLITE_PREPARE_PERSISTENT = SQLITE_PREPARE_PERSISTENT;

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
