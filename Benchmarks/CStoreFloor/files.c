#include "cstorefloor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static bool write_one(int directory, const uint8_t *octets, size_t size, size_t number) {
    char temporary[32], name[32];
    snprintf(temporary, sizeof temporary, ".%zu", number);
    snprintf(name, sizeof name, "%zu", number);
    int file = openat(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return false;
    bool done = write(file, octets, size) == (ssize_t)size && fsync(file) == 0;
    done = close(file) == 0 && done;
    return done && renameat(directory, temporary, directory, name) == 0 && fsync(directory) == 0;
}

int64_t cstorefloor_file_writes(const char *directory, size_t size, size_t first, size_t count) {
    int folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    uint8_t *octets = calloc(1, size);
    if (folder < 0 || !octets) return -1;
    memset(octets, 0x5A, size);
    int64_t begin = now();
    bool done = true;
    for (size_t number = first; done && number < first + count; number++) done = write_one(folder, octets, size, number);
    int64_t taken = now() - begin;
    free(octets);
    close(folder);
    return done ? taken : -1;
}
