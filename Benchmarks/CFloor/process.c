#include "CFloor.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int64_t now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t cfloor_thread_nanoseconds(void) { return now(CLOCK_THREAD_CPUTIME_ID); }
int64_t cfloor_process_nanoseconds(void) { return now(CLOCK_PROCESS_CPUTIME_ID); }
int64_t cfloor_wall_nanoseconds(void) { return now(CLOCK_MONOTONIC); }

int64_t cfloor_allocations(void) {
    unsigned long (*counter)(void) = (unsigned long (*)(void))dlsym(RTLD_DEFAULT, "allocations_so_far");
    return counter == NULL ? -1 : (int64_t)counter();
}

int64_t cfloor_run(const char *program, const char *argument) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    char *arguments[] = {(char *)program, (char *)argument, NULL};
    pid_t child;
    int status = -1;
    int64_t begin = cfloor_wall_nanoseconds();
    if (posix_spawn(&child, program, &actions, NULL, arguments, environ) == 0) waitpid(child, &status, 0);
    int64_t taken = cfloor_wall_nanoseconds() - begin;
    posix_spawn_file_actions_destroy(&actions);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? taken : -1;
}

bool cfloor_write(const char *path, const uint8_t *octets, size_t count) {
    FILE *file = fopen(path, "wb");
    if (file == NULL) return false;
    bool complete = fwrite(octets, 1, count, file) == count;
    return fclose(file) == 0 && complete;
}

size_t cfloor_read(const char *path, uint8_t *octets, size_t capacity) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return 0;
    size_t count = fread(octets, 1, capacity, file);
    fclose(file);
    return count;
}

__attribute__((noinline)) void cfloor_counted(void (*body)(void *), void *context) {
    body(context);
    // Keeps the call from becoming a jump: callgrind sees this function end when the body has.
    __asm__ volatile("" ::: "memory");
}

void cfloor_consume(int64_t value) { __asm__ volatile("" : : "r"(value) : "memory"); }
