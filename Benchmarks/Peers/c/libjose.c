// libjose of latchset works on the JSON serialization: the driver splits the compact one.
#include "peer.h"

#include <jose/b64.h>
#include <jose/jose.h>
#include <jose/jws.h>

static json_t *keys;

static bool prepare(const char *folder) {
    keys = json_object_get(json_loads(contents(folder, "jwks.json", NULL), 0, NULL), "keys");
    return keys != NULL;
}

static json_t *key_named(const char *name) {
    size_t index;
    json_t *key;
    json_array_foreach(keys, index, key) {
        if (name != NULL && is(json_string_value(json_object_get(key, "kid")), name)) return key;
    }
    return NULL;
}

static json_t *flattened(const char *token, size_t count) {
    const char *first = strchr(token, '.');
    const char *second = first == NULL ? NULL : strchr(first + 1, '.');
    if (second == NULL) return NULL;
    return json_pack("{s:s%,s:s%,s:s%}", "protected", token, (size_t)(first - token), "payload", first + 1,
        (size_t)(second - first - 1), "signature", second + 1, count - (size_t)(second + 1 - token));
}

static bool claims_fit(const json_t *jws) {
    json_t *claims = jose_b64_dec_load(json_object_get(jws, "payload"));
    bool fit = is(json_string_value(json_object_get(claims, "iss")), issuer)
        && is(json_string_value(json_object_get(claims, "aud")), audience)
        && json_integer_value(json_object_get(claims, "exp")) > time(NULL);
    json_decref(claims);
    return fit;
}

static bool accepts(const char *token, size_t count) {
    json_t *jws = flattened(token, count);
    if (jws == NULL) return false;
    json_t *header = jose_b64_dec_load(json_object_get(jws, "protected"));
    json_t *key = key_named(json_string_value(json_object_get(header, "kid")));
    bool accepted = key != NULL && is(json_string_value(json_object_get(header, "alg")), "RS256")
        && jose_jws_ver(NULL, jws, NULL, key, false) && claims_fit(jws);
    json_decref(header);
    json_decref(jws);
    return accepted;
}

const peer the_peer = {"libjose (C, OpenSSL)", PEER_VERSION, prepare, accepts};
