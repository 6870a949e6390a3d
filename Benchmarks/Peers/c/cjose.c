// cjose, as Apache's mod_auth_openidc uses it.
#include "peer.h"

#include <cjose/cjose.h>
#include <jansson.h>

static struct {
    char *name;
    cjose_jwk_t *key;
} keys[16];
static size_t key_count;

static bool prepare(const char *folder) {
    json_t *set = json_loads(contents(folder, "jwks.json", NULL), 0, NULL);
    size_t index;
    json_t *member;
    json_array_foreach(json_object_get(set, "keys"), index, member) {
        char *text = json_dumps(member, 0);
        cjose_err error;
        keys[key_count].key = cjose_jwk_import(text, strlen(text), &error);
        if (keys[key_count].key == NULL) return false;
        keys[key_count++].name = strdup(json_string_value(json_object_get(member, "kid")));
        free(text);
    }
    json_decref(set);
    return key_count > 0;
}

static cjose_jwk_t *key_named(const char *name) {
    for (size_t i = 0; i < key_count; i++) {
        if (is(name, keys[i].name)) return keys[i].key;
    }
    return NULL;
}

static bool claims_fit(cjose_jws_t *jws) {
    uint8_t *text;
    size_t count;
    cjose_err error;
    if (!cjose_jws_get_plaintext(jws, &text, &count, &error)) return false;
    json_t *claims = json_loadb((char *)text, count, 0, NULL);
    bool fit = is(json_string_value(json_object_get(claims, "iss")), issuer)
        && is(json_string_value(json_object_get(claims, "aud")), audience)
        && json_integer_value(json_object_get(claims, "exp")) > time(NULL);
    json_decref(claims);
    return fit;
}

static bool accepts(const char *token, size_t count) {
    cjose_err error;
    cjose_jws_t *jws = cjose_jws_import(token, count, &error);
    if (jws == NULL) return false;
    cjose_header_t *header = cjose_jws_get_protected(jws);
    cjose_jwk_t *key = key_named(cjose_header_get(header, "kid", &error));
    bool accepted = key != NULL && is(cjose_header_get(header, "alg", &error), "RS256")
        && cjose_jws_verify(jws, key, &error) && claims_fit(jws);
    cjose_jws_release(jws);
    return accepted;
}

const peer the_peer = {"cjose (C, OpenSSL)", PEER_VERSION, prepare, accepts};
