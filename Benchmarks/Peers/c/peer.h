// The frame of the drivers in C. Each driver gives `prepare` and `accepts`; main is in frame.c.
#pragma once

#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    const char *name;
    const char *version;
    // Reads the keys in the folder of the corpus.
    bool (*prepare)(const char *folder);
    // The whole verification: signature, issuer, audience and end of one token.
    bool (*accepts)(const char *token, size_t count);
} peer;

extern const peer the_peer;

// What every token must say.
extern char issuer[256];
extern char audience[256];

// A file of the folder with a 0 behind it.
char *contents(const char *folder, const char *name, size_t *count);

static inline bool is(const char *text, const char *expected) { return text != NULL && strcmp(text, expected) == 0; }
