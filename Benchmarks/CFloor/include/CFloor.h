// The floor that verifications are compared with: what libcrypto alone needs for one token. SHA-256 of the signing input and
// EVP_PKEY_verify with every context kept, the signature's octets at hand; no JOSE work at all. Beside it the clocks, so that
// all subjects are measured by the same ones.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum cfloor_algorithm {
    CFLOOR_RS256,
    CFLOOR_PS256,
    CFLOOR_ES256,
    CFLOOR_EDDSA,
} cfloor_algorithm;

typedef struct cfloor cfloor;

// `key` is a private or public key in PEM. NULL when it cannot be used.
cfloor *cfloor_create(cfloor_algorithm algorithm, const uint8_t *key, size_t count);
void cfloor_free(cfloor *floor);

// Copies one compact token: its signing input, and its signature decoded. False when it is no such token.
bool cfloor_add(cfloor *floor, const uint8_t *token, size_t count);

// Verifies `count` tokens from the one at `first`; says how many of the signatures are right.
size_t cfloor_verify(cfloor *floor, size_t first, size_t count);

// Verifies all tokens of each floor `passes` times, each floor on a thread of its own; wall nanoseconds, negative when a
// signature was not right.
int64_t cfloor_verify_on_threads(cfloor *const *floors, size_t threads, size_t passes);

// Whether the first token is refused once a bit of its signature has changed.
bool cfloor_refuses_changed_signature(cfloor *floor);

// The public half of a private key in PEM, in PEM: its length, or 0 when it cannot be read or is longer than `capacity`.
size_t cfloor_public_pem(const uint8_t *key, size_t count, uint8_t *output, size_t capacity);

int64_t cfloor_thread_nanoseconds(void);
int64_t cfloor_process_nanoseconds(void);
int64_t cfloor_wall_nanoseconds(void);

// Allocations so far, counted by the library that Benchmarks/Allocations makes; negative when it is not preloaded.
int64_t cfloor_allocations(void);

// Runs `program` with one argument and without output; wall nanoseconds until it ended, negative when it failed.
int64_t cfloor_run(const char *program, const char *argument);

// Writes a file anew; false when that fails.
bool cfloor_write(const char *path, const uint8_t *octets, size_t count);

// Reads a file of at most `capacity` octets; 0 when that fails.
size_t cfloor_read(const char *path, uint8_t *octets, size_t capacity);

// Calls `body` once. Callgrind counts what happens inside this function and nothing else.
void cfloor_counted(void (*body)(void *), void *context);

// What the optimiser must not drop.
void cfloor_consume(int64_t value);
