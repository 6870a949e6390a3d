// What a careful program in C does by hand: kept contexts of libcrypto, base64url of its own, jansson for header and claims.
#include "peer.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/opensslv.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

enum { TEXT_LIMIT = 8192 };

static EVP_PKEY_CTX *verify;
static EVP_MD_CTX *hash;
static char *key_id;
static signed char values[256];

static bool prepare(const char *folder) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    memset(values, -1, sizeof values);
    for (int i = 0; i < 64; i++) values[(unsigned char)alphabet[i]] = (signed char)i;

    json_t *set = json_loads(contents(folder, "jwks.json", NULL), 0, NULL);
    json_t *keys = json_object_get(set, "keys");
    json_t *last = json_array_get(keys, json_array_size(keys) - 1);
    key_id = strdup(json_string_value(json_object_get(last, "kid")));
    json_decref(set);

    size_t count;
    char *pem = contents(folder, "public.pem", &count);
    BIO *bio = BIO_new_mem_buf(pem, (int)count);
    EVP_PKEY *key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
    BIO_free(bio);
    EVP_MD *sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    verify = EVP_PKEY_CTX_new(key, NULL);
    hash = EVP_MD_CTX_new();
    return EVP_PKEY_verify_init(verify) == 1 && EVP_PKEY_CTX_set_rsa_padding(verify, RSA_PKCS1_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(verify, sha256) == 1 && EVP_DigestInit_ex2(hash, sha256, NULL) == 1;
}

// 0 for what is no base64url.
static size_t decode(const char *text, size_t count, unsigned char *output) {
    size_t written = 0;
    int bad = 0;
    unsigned bits = 0, pending = 0;
    for (size_t i = 0; i < count; i++) {
        int value = values[(unsigned char)text[i]];
        bad |= value;
        bits = bits << 6 | (unsigned)(value & 63);
        pending += 6;
        if (pending >= 8) {
            pending -= 8;
            output[written++] = (unsigned char)(bits >> pending);
        }
    }
    return bad < 0 ? 0 : written;
}

static bool signature_is_right(const char *input, size_t count, const unsigned char *signature, size_t signature_count) {
    unsigned char digest[32];
    unsigned length;
    EVP_DigestInit_ex2(hash, NULL, NULL);
    EVP_DigestUpdate(hash, input, count);
    EVP_DigestFinal_ex(hash, digest, &length);
    return EVP_PKEY_verify(verify, signature, signature_count, digest, length) == 1;
}

static bool header_fits(const char *text, size_t count) {
    unsigned char octets[TEXT_LIMIT];
    json_t *header = json_loadb((char *)octets, decode(text, count, octets), 0, NULL);
    bool fits = is(json_string_value(json_object_get(header, "alg")), "RS256")
        && is(json_string_value(json_object_get(header, "kid")), key_id);
    json_decref(header);
    return fits;
}

static bool claims_fit(const char *text, size_t count) {
    unsigned char octets[TEXT_LIMIT];
    json_t *claims = json_loadb((char *)octets, decode(text, count, octets), 0, NULL);
    bool fit = is(json_string_value(json_object_get(claims, "iss")), issuer)
        && is(json_string_value(json_object_get(claims, "aud")), audience)
        && json_integer_value(json_object_get(claims, "exp")) > time(NULL);
    json_decref(claims);
    return fit;
}

static bool accepts(const char *token, size_t count) {
    const char *first = memchr(token, '.', count), *end = token + count;
    const char *second = first == NULL ? NULL : memchr(first + 1, '.', (size_t)(end - first - 1));
    if (second == NULL || count > TEXT_LIMIT) return false;
    unsigned char signature[TEXT_LIMIT];
    size_t signature_count = decode(second + 1, (size_t)(end - second - 1), signature);
    return header_fits(token, (size_t)(first - token))
        && signature_is_right(token, (size_t)(second - token), signature, signature_count)
        && claims_fit(first + 1, (size_t)(second - first - 1));
}

const peer the_peer = {"by hand in C: libcrypto, jansson", OPENSSL_VERSION_STR, prepare, accepts};
