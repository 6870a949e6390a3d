#include "cstorefloor.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

enum { key_size = 32, nonce_size = 12, tag_size = 16, salt_size = 12, associated_size = 64 };

static bool seal(EVP_CIPHER_CTX *context, const uint8_t *key, const uint8_t *nonce, const uint8_t *text, int size,
                 uint8_t *sealed) {
    uint8_t associated[associated_size] = {0};
    int count = 0;
    return EVP_EncryptInit_ex2(context, NULL, key, nonce, NULL) == 1
        && EVP_EncryptUpdate(context, NULL, &count, associated, sizeof associated) == 1
        && EVP_EncryptUpdate(context, sealed, &count, text, size) == 1
        && EVP_EncryptFinal_ex(context, sealed + count, &count) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_size, sealed + size) == 1;
}

static bool open(EVP_CIPHER_CTX *context, const uint8_t *key, const uint8_t *nonce, uint8_t *sealed, int size,
                 uint8_t *text) {
    uint8_t associated[associated_size] = {0};
    int count = 0;
    return EVP_DecryptInit_ex2(context, NULL, key, nonce, NULL) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_size, sealed + size) == 1
        && EVP_DecryptUpdate(context, NULL, &count, associated, sizeof associated) == 1
        && EVP_DecryptUpdate(context, text, &count, sealed, size) == 1
        && EVP_DecryptFinal_ex(context, text + count, &count) == 1;
}

static bool wrapping_key(const uint8_t *ring, const uint8_t *salt, const uint8_t *secret, uint8_t *key) {
    uint8_t message[salt_size + key_size];
    unsigned count = 0;
    memcpy(message, salt, salt_size);
    memcpy(message + salt_size, secret, key_size);
    return HMAC(EVP_sha256(), ring, key_size, message, sizeof message, key, &count) != NULL;
}

static bool once(EVP_CIPHER_CTX *sealing, EVP_CIPHER_CTX *opening, const uint8_t *ring, const uint8_t *secret,
                 const uint8_t *text, uint8_t *sealed, uint8_t *opened, int size) {
    uint8_t data_key[key_size], salt[salt_size], wrap_nonce[nonce_size], nonce[nonce_size], key[key_size];
    uint8_t wrapped[key_size + tag_size], unwrapped[key_size];
    return RAND_bytes(data_key, key_size) == 1 && RAND_bytes(salt, salt_size) == 1
        && RAND_bytes(wrap_nonce, nonce_size) == 1 && RAND_bytes(nonce, nonce_size) == 1
        && wrapping_key(ring, salt, secret, key) && seal(sealing, key, wrap_nonce, data_key, key_size, wrapped)
        && seal(sealing, data_key, nonce, text, size, sealed)
        && wrapping_key(ring, salt, secret, key) && open(opening, key, wrap_nonce, wrapped, key_size, unwrapped)
        && open(opening, unwrapped, nonce, sealed, size, opened) && memcmp(text, opened, (size_t)size) == 0;
}

bool cstorefloor_seal_and_open(size_t size, size_t count) {
    uint8_t ring[key_size] = {1}, secret[key_size] = {2};
    uint8_t *text = calloc(3, size + tag_size), *sealed = text + size + tag_size, *opened = sealed + size + tag_size;
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    EVP_CIPHER_CTX *sealing = EVP_CIPHER_CTX_new(), *opening = EVP_CIPHER_CTX_new();
    bool done = text && cipher && sealing && opening && EVP_EncryptInit_ex2(sealing, cipher, NULL, NULL, NULL) == 1
        && EVP_DecryptInit_ex2(opening, cipher, NULL, NULL, NULL) == 1;
    for (size_t index = 0; done && index < count; index++)
        done = once(sealing, opening, ring, secret, text, sealed, opened, (int)size);
    EVP_CIPHER_CTX_free(sealing);
    EVP_CIPHER_CTX_free(opening);
    EVP_CIPHER_free(cipher);
    free(text);
    return done;
}
