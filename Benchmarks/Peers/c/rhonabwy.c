// rhonabwy, on GnuTLS and nettle.
#include "peer.h"

#include <rhonabwy.h>

static jwks_t *keys;

static bool prepare(const char *folder) {
    r_global_init();
    r_jwks_init(&keys);
    return r_jwks_import_from_json_str(keys, contents(folder, "jwks.json", NULL)) == RHN_OK;
}

static bool claims_fit(jwt_t *jwt) {
    json_t *end = r_jwt_get_claim_json_t_value(jwt, "exp");
    bool fit = is(r_jwt_get_claim_str_value(jwt, "iss"), issuer)
        && is(r_jwt_get_claim_str_value(jwt, "aud"), audience) && json_integer_value(end) > time(NULL);
    json_decref(end);
    return fit;
}

static bool accepts(const char *token, size_t count) {
    jwt_t *jwt = r_jwt_quick_parsen(token, count, R_PARSE_NONE, 0);
    if (jwt == NULL) return false;
    const char *name = r_jwt_get_header_str_value(jwt, "kid");
    jwk_t *key = name == NULL ? NULL : r_jwks_get_by_kid(keys, name);
    bool accepted = key != NULL && r_jwt_get_sign_alg(jwt) == R_JWA_ALG_RS256
        && r_jwt_verify_signature(jwt, key, 0) == RHN_OK && claims_fit(jwt);
    if (key != NULL) r_jwk_free(key);
    r_jwt_free(jwt);
    return accepted;
}

const peer the_peer = {"rhonabwy (C, GnuTLS)", PEER_VERSION, prepare, accepts};
