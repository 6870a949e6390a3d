#include "CFloor.h"

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNATURE_LIMIT = 512, DIGEST_COUNT = 32, THREAD_LIMIT = 64 };

typedef struct {
    unsigned char *input;
    size_t input_count;
    unsigned char signature[SIGNATURE_LIMIT];
    size_t signature_count;
} floor_token;

struct cfloor {
    cfloor_algorithm algorithm;
    EVP_PKEY *key;
    EVP_MD *sha256;
    EVP_MD_CTX *hash;
    EVP_MD_CTX *message;
    EVP_PKEY_CTX *verify;
    floor_token *tokens;
    size_t count;
    size_t capacity;
};

// The public half alone, whichever half the text holds.
static EVP_PKEY *public_key(const uint8_t *pem, size_t count) {
    BIO *bio = BIO_new_mem_buf(pem, (int)count);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    if (key == NULL) {
        BIO_free(bio);
        bio = BIO_new_mem_buf(pem, (int)count);
        key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
    }
    BIO_free(bio);
    ERR_clear_error();
    if (key == NULL) return NULL;
    unsigned char *der = NULL;
    int length = i2d_PUBKEY(key, &der);
    EVP_PKEY_free(key);
    const unsigned char *cursor = der;
    key = d2i_PUBKEY(NULL, &cursor, length);
    OPENSSL_free(der);
    return key;
}

size_t cfloor_public_pem(const uint8_t *key, size_t count, uint8_t *output, size_t capacity) {
    EVP_PKEY *public = public_key(key, count);
    BIO *bio = BIO_new(BIO_s_mem());
    size_t written = 0;
    char *text = NULL;
    if (public != NULL && PEM_write_bio_PUBKEY(bio, public) == 1) written = (size_t)BIO_get_mem_data(bio, &text);
    if (written > capacity) written = 0;
    if (written > 0) memcpy(output, text, written);
    BIO_free(bio);
    EVP_PKEY_free(public);
    return written;
}

static bool prepare_digest_verify(cfloor *floor) {
    floor->verify = EVP_PKEY_CTX_new_from_pkey(NULL, floor->key, NULL);
    floor->hash = EVP_MD_CTX_new();
    if (EVP_DigestInit_ex2(floor->hash, floor->sha256, NULL) != 1) return false;
    if (EVP_PKEY_verify_init(floor->verify) != 1) return false;
    if (floor->algorithm != CFLOOR_ES256) {
        int padding = floor->algorithm == CFLOOR_RS256 ? RSA_PKCS1_PADDING : RSA_PKCS1_PSS_PADDING;
        if (EVP_PKEY_CTX_set_rsa_padding(floor->verify, padding) != 1) return false;
    }
    if (EVP_PKEY_CTX_set_signature_md(floor->verify, floor->sha256) != 1) return false;
    if (floor->algorithm != CFLOOR_PS256) return true;
    return EVP_PKEY_CTX_set_rsa_mgf1_md(floor->verify, floor->sha256) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(floor->verify, DIGEST_COUNT) == 1;
}

static bool prepare_message_verify(cfloor *floor) {
    floor->message = EVP_MD_CTX_new();
    return EVP_DigestVerifyInit(floor->message, NULL, NULL, NULL, floor->key) == 1;
}

cfloor *cfloor_create(cfloor_algorithm algorithm, const uint8_t *key, size_t count) {
    cfloor *floor = calloc(1, sizeof *floor);
    floor->algorithm = algorithm;
    floor->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    floor->key = public_key(key, count);
    bool ready = floor->key != NULL
        && (algorithm == CFLOOR_EDDSA ? prepare_message_verify(floor) : prepare_digest_verify(floor));
    if (ready) return floor;
    cfloor_free(floor);
    return NULL;
}

void cfloor_free(cfloor *floor) {
    if (floor == NULL) return;
    for (size_t i = 0; i < floor->count; i++) free(floor->tokens[i].input);
    free(floor->tokens);
    EVP_MD_CTX_free(floor->message);
    EVP_PKEY_CTX_free(floor->verify);
    EVP_MD_CTX_free(floor->hash);
    EVP_MD_free(floor->sha256);
    EVP_PKEY_free(floor->key);
    free(floor);
}

static int sextet(unsigned char octet) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *found = octet == 0 ? NULL : strchr(alphabet, octet);
    return found == NULL ? -1 : (int)(found - alphabet);
}

static size_t decode(const uint8_t *text, size_t count, unsigned char *output) {
    size_t written = 0;
    uint32_t bits = 0;
    int pending = 0;
    for (size_t i = 0; i < count; i++) {
        int value = sextet(text[i]);
        if (value < 0 || written == SIGNATURE_LIMIT) return 0;
        bits = bits << 6 | (uint32_t)value;
        pending += 6;
        if (pending >= 8) {
            pending -= 8;
            output[written++] = (unsigned char)(bits >> pending);
        }
    }
    return written;
}

// libcrypto wants r and s as DER, JOSE writes them one after the other (RFC 7518 §3.4).
static size_t to_der(unsigned char *signature, size_t count) {
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, (int)(count / 2), NULL);
    BIGNUM *s = BN_bin2bn(signature + count / 2, (int)(count / 2), NULL);
    ECDSA_SIG_set0(pair, r, s);
    unsigned char *cursor = signature;
    int length = i2d_ECDSA_SIG(pair, &cursor);
    ECDSA_SIG_free(pair);
    return length < 0 ? 0 : (size_t)length;
}

bool cfloor_add(cfloor *floor, const uint8_t *token, size_t count) {
    if (floor->count == floor->capacity) {
        floor->capacity = floor->capacity == 0 ? 1024 : 2 * floor->capacity;
        floor->tokens = realloc(floor->tokens, floor->capacity * sizeof *floor->tokens);
    }
    size_t dot = count;
    while (dot > 0 && token[dot - 1] != '.') dot--;
    if (dot < 2) return false;
    floor_token *added = &floor->tokens[floor->count];
    added->input_count = dot - 1;
    added->signature_count = decode(token + dot, count - dot, added->signature);
    if (floor->algorithm == CFLOOR_ES256) added->signature_count = to_der(added->signature, added->signature_count);
    if (added->signature_count == 0) return false;
    added->input = malloc(added->input_count);
    memcpy(added->input, token, added->input_count);
    floor->count++;
    return true;
}

static bool verify(cfloor *floor, const floor_token *token) {
    if (floor->algorithm == CFLOOR_EDDSA) {
        return EVP_DigestVerifyInit(floor->message, NULL, NULL, NULL, NULL) == 1
            && EVP_DigestVerify(
                floor->message, token->signature, token->signature_count, token->input, token->input_count) == 1;
    }
    unsigned char digest[DIGEST_COUNT];
    unsigned int length = 0;
    return EVP_DigestInit_ex2(floor->hash, NULL, NULL) == 1
        && EVP_DigestUpdate(floor->hash, token->input, token->input_count) == 1
        && EVP_DigestFinal_ex(floor->hash, digest, &length) == 1
        && EVP_PKEY_verify(floor->verify, token->signature, token->signature_count, digest, length) == 1;
}

size_t cfloor_verify(cfloor *floor, size_t first, size_t count) {
    size_t right = 0;
    for (size_t i = first; i < first + count && i < floor->count; i++) right += verify(floor, &floor->tokens[i]);
    return right;
}

typedef struct {
    cfloor *floor;
    size_t passes;
    bool right;
} job;

static void *work(void *argument) {
    job *job = argument;
    for (size_t pass = 0; pass < job->passes; pass++) {
        job->right &= cfloor_verify(job->floor, 0, job->floor->count) == job->floor->count;
    }
    return NULL;
}

int64_t cfloor_verify_on_threads(cfloor *const *floors, size_t threads, size_t passes) {
    pthread_t handles[THREAD_LIMIT];
    job jobs[THREAD_LIMIT];
    if (threads > THREAD_LIMIT) return -1;
    int64_t begin = cfloor_wall_nanoseconds();
    size_t started = 0;
    for (; started < threads; started++) {
        jobs[started] = (job){floors[started], passes, true};
        if (pthread_create(&handles[started], NULL, work, &jobs[started]) != 0) break;
    }
    bool right = started == threads;
    for (size_t i = 0; i < started; i++) {
        pthread_join(handles[i], NULL);
        right &= jobs[i].right;
    }
    return right ? cfloor_wall_nanoseconds() - begin : -1;
}

bool cfloor_refuses_changed_signature(cfloor *floor) {
    if (floor->count == 0) return false;
    floor_token changed = floor->tokens[0];
    changed.signature[changed.signature_count / 2] ^= 1;
    bool refused = !verify(floor, &changed);
    ERR_clear_error();
    return refused;
}
