// DRIVER FOLDER SECONDS: verifies all tokens in batches and prints one JSON line.
#include "peer.h"

enum { BATCH = 200, BATCH_LIMIT = 100000 };

char issuer[256];
char audience[256];

typedef struct {
    char *text;
    size_t count;
} token;

char *contents(const char *folder, const char *name, size_t *count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    char *text = calloc(1, (size_t)length + 1);
    if (fread(text, 1, (size_t)length, file) != (size_t)length) exit(1);
    fclose(file);
    if (count != NULL) *count = (size_t)length;
    return text;
}

static double now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return 1e9 * (double)time.tv_sec + (double)time.tv_nsec;
}

static token *tokens(const char *folder, size_t *count) {
    char *text = contents(folder, "rs256.tok", NULL);
    size_t capacity = 0;
    for (char *c = text; *c != 0; c++) capacity += *c == '\n';
    token *all = calloc(capacity, sizeof *all);
    *count = 0;
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        all[(*count)++] = (token){line, strlen(line)};
    }
    return all;
}

// A driver that accepts a changed signature measures nothing.
static void prove(const token *all, size_t count) {
    char *changed = strdup(all[0].text);
    char *place = strrchr(changed, '.') + 20;
    *place = *place == 'A' ? 'B' : 'A';
    if (the_peer.accepts(changed, all[0].count)) {
        fprintf(stderr, "accepts a changed signature\n");
        exit(1);
    }
    free(changed);
    for (size_t i = 0; i < count; i++) {
        if (the_peer.accepts(all[i].text, all[i].count)) continue;
        fprintf(stderr, "refuses token %zu\n", i);
        exit(1);
    }
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int argument_count, char **arguments) {
    if (argument_count != 3) return 2;
    const char *folder = arguments[1];
    snprintf(issuer, sizeof issuer, "%s", contents(folder, "issuer", NULL));
    snprintf(audience, sizeof audience, "%s", contents(folder, "client", NULL));
    size_t count;
    token *all = tokens(folder, &count);
    if (!the_peer.prepare(folder)) {
        fprintf(stderr, "cannot read the keys\n");
        return 1;
    }
    prove(all, count);

    static double samples[BATCH_LIMIT];
    size_t batches = 0, position = 0;
    double end = now(CLOCK_MONOTONIC) + 1e9 * atof(arguments[2]);
    do {
        double begin = now(CLOCK_PROCESS_CPUTIME_ID);
        for (int i = 0; i < BATCH; i++) {
            if (!the_peer.accepts(all[position].text, all[position].count)) abort();
            if (++position == count) position = 0;
        }
        samples[batches++] = (now(CLOCK_PROCESS_CPUTIME_ID) - begin) / BATCH;
    } while (now(CLOCK_MONOTONIC) < end && batches < BATCH_LIMIT);

    qsort(samples, batches, sizeof *samples, ascending);
    printf("{\"peer\":\"%s\",\"version\":\"%s\",\"batches\":%zu,\"min_ns\":%.0f,\"med_ns\":%.0f}\n", the_peer.name,
        the_peer.version, batches, samples[0], samples[batches / 2]);
    return 0;
}
