// libjwt 1.x takes the key as PEM at each call and knows no key sets: the key is chosen beforehand, its name compared after.
#include "peer.h"

#include <jwt.h>

static char *key;
static size_t key_count;

static bool prepare(const char *folder) {
    key = contents(folder, "public.pem", &key_count);
    return true;
}

static bool accepts(const char *token, size_t count) {
    (void)count;
    jwt_t *jwt = NULL;
    if (jwt_decode(&jwt, token, (unsigned char *)key, (int)key_count) != 0) return false;
    bool accepted = jwt_get_alg(jwt) == JWT_ALG_RS256 && jwt_get_header(jwt, "kid") != NULL
        && is(jwt_get_grant(jwt, "iss"), issuer) && is(jwt_get_grant(jwt, "aud"), audience)
        && jwt_get_grant_int(jwt, "exp") > time(NULL);
    jwt_free(jwt);
    return accepted;
}

const peer the_peer = {"libjwt 1.x (C, OpenSSL)", PEER_VERSION, prepare, accepts};
