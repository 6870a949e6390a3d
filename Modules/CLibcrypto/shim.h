// What Swift cannot import from libcrypto 3.0 – macros, variadic functions, lists that keep pointers to
// their names – as inline functions. Nothing here decides anything; CryptoPrimitives is the only caller.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

static inline EVP_PKEY *clibcrypto_generate_rsa(size_t bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);
}

static inline EVP_PKEY *clibcrypto_generate_ec(const char *group) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", group);
}

static inline EVP_PKEY *clibcrypto_generate(const char *type) {
    return EVP_PKEY_Q_keygen(NULL, NULL, type);
}

// A parameter list keeps pointers to its names: they must be C literals.
static inline EVP_PKEY *clibcrypto_public_key(const char *type, OSSL_PARAM *parameters) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (context == NULL || parameters == NULL || EVP_PKEY_fromdata_init(context) != 1
        || EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    EVP_PKEY_CTX_free(context);
    return key;
}

static inline EVP_PKEY *clibcrypto_rsa_public_key(const BIGNUM *modulus, const BIGNUM *exponent) {
    EVP_PKEY *key = NULL;
    OSSL_PARAM *parameters = NULL;
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    if (builder != NULL && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus) == 1
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent) == 1) {
        parameters = OSSL_PARAM_BLD_to_param(builder);
        key = clibcrypto_public_key("RSA", parameters);
    }
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    return key;
}

// libcrypto reads the group name and the point; its parameter type merely lacks the const.
static inline EVP_PKEY *clibcrypto_ec_public_key(const char *group, const unsigned char *point, size_t count) {
    OSSL_PARAM parameters[3] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (unsigned char *)point, count),
        OSSL_PARAM_construct_end(),
    };
    return clibcrypto_public_key("EC", parameters);
}

static inline int clibcrypto_hmac_init(EVP_MAC_CTX *context, const char *digest, const unsigned char *key, size_t count) {
    OSSL_PARAM parameters[2] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_init(context, key, count, parameters);
}

// Without a callback libcrypto would ask for the pass phrase of an encrypted key on the terminal.
static inline int clibcrypto_no_pass_phrase(char *buffer, int size, int rwflag, void *argument) {
    (void)buffer; (void)size; (void)rwflag; (void)argument;
    return -1;
}

static inline EVP_PKEY *clibcrypto_read_pem_private_key(BIO *bio) {
    return PEM_read_bio_PrivateKey_ex(bio, NULL, clibcrypto_no_pass_phrase, NULL, NULL, NULL);
}

static inline long clibcrypto_memory_contents(BIO *bio, const unsigned char **bytes) {
    return BIO_get_mem_data(bio, (char **)bytes);
}
