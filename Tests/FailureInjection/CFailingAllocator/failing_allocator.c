#include "failing_allocator.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static long countdown;
static bool is_lasting;
static bool has_failed;

static bool fails(void) {
    if (countdown == 0)
        return false;
    if (countdown > 1) {
        countdown--;
        return false;
    }
    has_failed = true;
    if (!is_lasting)
        countdown = 0;
    return true;
}

static void *allocate(size_t count, const char *file, int line) {
    (void)file; (void)line;
    return fails() ? NULL : malloc(count);
}

static void *reallocate(void *pointer, size_t count, const char *file, int line) {
    (void)file; (void)line;
    return fails() ? NULL : realloc(pointer, count);
}

static void release(void *pointer, const char *file, int line) {
    (void)file; (void)line;
    free(pointer);
}

bool failing_allocator_install(void) { return CRYPTO_set_mem_functions(allocate, reallocate, release) == 1; }

void failing_allocator_fail(long nth, bool lasting) {
    countdown = nth;
    is_lasting = lasting;
    has_failed = false;
}

bool failing_allocator_has_failed(void) { return has_failed; }

int failing_allocator_in_child(int (*body)(void *), void *argument) {
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(body(argument) & 127);
    if (child < 0 || waitpid(child, &status, 0) != child)
        return 127;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}
