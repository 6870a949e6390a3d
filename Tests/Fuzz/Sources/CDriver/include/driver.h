// libFuzzer's entry for programs that have a main function of their own.
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*target)(const uint8_t *data, size_t size));

static inline int driver_run(int argc, char **argv, int (*target)(const uint8_t *, size_t)) {
    return LLVMFuzzerRunDriver(&argc, &argv, target);
}
