// The floors that session stores are compared with: what the engine itself needs, driven from C without anything around it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cstorefloor_reader cstorefloor_reader;

// Opens a store's database for reading and prepares the look-up of a record. NULL when that fails.
cstorefloor_reader *cstorefloor_reader_open(const char *path);
void cstorefloor_reader_close(cstorefloor_reader *reader);

// Looks up `count` sessions by their digests of 32 octets each, copies out what is there, and says how many were found.
size_t cstorefloor_read(cstorefloor_reader *reader, const uint8_t *digests, size_t count);

// Writes `count` rows of `size` octets into a new database at `path`, one transaction each, every one of them synced
// (WAL, synchronous=FULL); wall nanoseconds, negative when that fails.
int64_t cstorefloor_sqlite_writes(const char *path, size_t size, size_t count);

// Writes `count` sessions of `size` octets with two tags each to a store's own database, `batch` of them in one transaction and
// each in a savepoint, as the store does; wall nanoseconds, negative when that fails.
int64_t cstorefloor_sqlite_batches(const char *path, size_t size, size_t batch, size_t count);

// Writes `count` files of `size` octets in `directory`: a new file, fsync, rename, fsync of the directory; wall nanoseconds,
// negative when that fails. They have the numbers from `first` on for names.
int64_t cstorefloor_file_writes(const char *directory, size_t size, size_t first, size_t count);

// Seals and opens a record of `size` octets `count` times with what libcrypto offers, contexts and algorithms kept: random
// octets, HMAC-SHA-256 for the key that wraps, AES-256-GCM of a data key, AES-256-GCM of the record, and back. False when
// something failed or does not come back as it was.
bool cstorefloor_seal_and_open(size_t size, size_t count);

// Memory of this process that is resident, in octets.
int64_t cstorefloor_resident(void);

// Gives memory that is not in use back to the system.
void cstorefloor_trim(void);
