// From the start of a process to one verified signature, by libcrypto alone: what Coldstart is compared with.
#include <CFloor.h>
#include <stdio.h>

static size_t contents(const char *folder, const char *name, uint8_t *buffer, size_t capacity) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) return 0;
    size_t count = fread(buffer, 1, capacity, file);
    fclose(file);
    return count;
}

int main(int count, char **arguments) {
    static uint8_t key[8192], token[8192];
    if (count != 2) return 2;
    size_t key_count = contents(arguments[1], "public.pem", key, sizeof key);
    size_t token_count = contents(arguments[1], "token", token, sizeof token);
    cfloor *floor = cfloor_create(CFLOOR_RS256, key, key_count);
    if (floor == NULL || !cfloor_add(floor, token, token_count)) return 1;
    size_t right = cfloor_verify(floor, 0, 1);
    cfloor_free(floor);
    return right == 1 ? 0 : 1;
}
