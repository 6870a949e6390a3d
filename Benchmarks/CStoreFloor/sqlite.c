#include "cstorefloor.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct cstorefloor_reader {
    sqlite3 *database;
    sqlite3_stmt *look_up;
    uint8_t *copy;
};

enum { copy_size = 1 << 20 };

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

cstorefloor_reader *cstorefloor_reader_open(const char *path) {
    const char *text =
        "SELECT revision, idle_end, absolute_end, tags, summary, secrets FROM record WHERE kind = ? AND digest = ?";
    cstorefloor_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    reader->copy = malloc(copy_size);
    // As the store opens its own: without SQLite's mutex, used by one thread at a time.
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (reader->copy && sqlite3_open_v2(path, &reader->database, flags, NULL) == SQLITE_OK
        && sqlite3_prepare_v3(reader->database, text, -1, SQLITE_PREPARE_PERSISTENT, &reader->look_up, NULL) == SQLITE_OK)
        return reader;
    cstorefloor_reader_close(reader);
    return NULL;
}

void cstorefloor_reader_close(cstorefloor_reader *reader) {
    sqlite3_finalize(reader->look_up);
    sqlite3_close(reader->database);
    free(reader->copy);
    free(reader);
}

static size_t copy_column(cstorefloor_reader *reader, int column) {
    size_t size = (size_t)sqlite3_column_bytes(reader->look_up, column);
    if (size > copy_size) return 0;
    if (size > 0) memcpy(reader->copy, sqlite3_column_blob(reader->look_up, column), size);
    return size;
}

size_t cstorefloor_read(cstorefloor_reader *reader, const uint8_t *digests, size_t count) {
    size_t found = 0;
    for (size_t index = 0; index < count; index++) {
        sqlite3_bind_int64(reader->look_up, 1, 1);
        sqlite3_bind_blob(reader->look_up, 2, digests + 32 * index, 32, SQLITE_STATIC);
        if (sqlite3_step(reader->look_up) == SQLITE_ROW && sqlite3_column_int64(reader->look_up, 1) > 0
            && sqlite3_column_int64(reader->look_up, 2) > 0) {
            size_t octets = copy_column(reader, 0) + copy_column(reader, 3) + copy_column(reader, 4) + copy_column(reader, 5);
            found += octets > 0;
        }
        sqlite3_reset(reader->look_up);
    }
    return found;
}

static bool write_one(sqlite3_stmt *insert, uint8_t *digest, const uint8_t *octets, size_t size, size_t number) {
    memcpy(digest, &number, sizeof number);
    sqlite3_bind_blob(insert, 1, digest, 32, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, octets, (int)size, SQLITE_STATIC);
    bool done = sqlite3_step(insert) == SQLITE_DONE;
    return sqlite3_reset(insert) == SQLITE_OK && done;
}

int64_t cstorefloor_sqlite_writes(const char *path, size_t size, size_t count) {
    const char *setup =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE IF NOT EXISTS row (digest BLOB PRIMARY KEY, octets BLOB NOT NULL) STRICT, WITHOUT ROWID";
    sqlite3 *database = NULL;
    sqlite3_stmt *insert = NULL;
    uint8_t digest[32] = {0};
    uint8_t *octets = calloc(1, size);
    bool done = octets && sqlite3_open(path, &database) == SQLITE_OK && sqlite3_exec(database, setup, 0, 0, 0) == SQLITE_OK
        && sqlite3_prepare_v2(database, "INSERT OR REPLACE INTO row VALUES (?, ?)", -1, &insert, NULL) == SQLITE_OK;
    int64_t begin = now();
    for (size_t number = 0; done && number < count; number++) done = write_one(insert, digest, octets, size, number);
    int64_t taken = now() - begin;
    sqlite3_finalize(insert);
    sqlite3_close(database);
    free(octets);
    return done ? taken : -1;
}

enum { look_up, insert, tag, savepoint, release, statements };

static const char *const texts[statements] = {
    "SELECT revision, idle_end, absolute_end, tags, summary, secrets FROM record WHERE kind = ? AND digest = ?",
    "INSERT OR REPLACE INTO record (kind, digest, revision, idle_end, absolute_end, expires_at, tags, summary, secrets)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT OR IGNORE INTO tagged (tag, kind, digest) VALUES (?, ?, ?)",
    "SAVEPOINT job",
    "RELEASE job",
};

static bool run(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    return sqlite3_reset(statement) == SQLITE_OK && (code == SQLITE_DONE || code == SQLITE_ROW);
}

static void fill(uint8_t *octets, size_t size) {
    for (size_t index = 0; index < size; index++) octets[index] = (uint8_t)rand();
}

static bool write_session(sqlite3_stmt **all, const uint8_t *octets, size_t size) {
    uint8_t digest[32], revision[16], tags[32];
    fill(digest, sizeof digest);
    fill(revision, sizeof revision);
    fill(tags, sizeof tags);
    sqlite3_bind_int64(all[look_up], 1, 1);
    sqlite3_bind_blob(all[look_up], 2, digest, 32, SQLITE_STATIC);
    sqlite3_bind_int64(all[insert], 1, 1);
    sqlite3_bind_blob(all[insert], 2, digest, 32, SQLITE_STATIC);
    sqlite3_bind_blob(all[insert], 3, revision, 16, SQLITE_STATIC);
    for (int column = 4; column <= 6; column++) sqlite3_bind_int64(all[insert], column, 4000000000);
    sqlite3_bind_blob(all[insert], 7, tags, 32, SQLITE_STATIC);
    sqlite3_bind_blob(all[insert], 8, octets, (int)(size / 8), SQLITE_STATIC);
    sqlite3_bind_blob(all[insert], 9, octets, (int)(size - size / 8), SQLITE_STATIC);
    bool done = run(all[savepoint]) && run(all[look_up]) && run(all[insert]);
    for (int place = 0; place < 2; place++) {
        sqlite3_bind_blob(all[tag], 1, tags + 16 * place, 16, SQLITE_STATIC);
        sqlite3_bind_int64(all[tag], 2, 1);
        sqlite3_bind_blob(all[tag], 3, digest, 32, SQLITE_STATIC);
        done = done && run(all[tag]);
    }
    return run(all[release]) && done;
}

int64_t cstorefloor_sqlite_batches(const char *path, size_t size, size_t batch, size_t count) {
    sqlite3 *database = NULL;
    sqlite3_stmt *all[statements] = {NULL};
    uint8_t *octets = calloc(1, size);
    bool done = octets && sqlite3_open(path, &database) == SQLITE_OK
        && sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON", 0, 0, 0) == SQLITE_OK;
    for (int place = 0; done && place < statements; place++)
        done = sqlite3_prepare_v2(database, texts[place], -1, &all[place], NULL) == SQLITE_OK;
    int64_t begin = now();
    for (size_t number = 0; done && number < count; number += batch) {
        done = sqlite3_exec(database, "BEGIN IMMEDIATE", 0, 0, 0) == SQLITE_OK;
        for (size_t place = 0; done && place < batch; place++) done = write_session(all, octets, size);
        done = sqlite3_exec(database, "COMMIT", 0, 0, 0) == SQLITE_OK && done;
    }
    int64_t taken = now() - begin;
    for (int place = 0; place < statements; place++) sqlite3_finalize(all[place]);
    sqlite3_close(database);
    free(octets);
    return done ? taken : -1;
}
