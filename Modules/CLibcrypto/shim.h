// What Swift cannot import from libcrypto 3.0 – macros, variadic functions, lists that keep pointers to
// their names – as inline functions, and its constants. CryptoPrimitives is the only caller and does the judging.
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
#include <openssl/sha.h>
#include <openssl/x509.h>

// How libcrypto writes a name decides which type Swift gives it, and whether it sees it at all. It sees these instead.
static const int CLIBCRYPTO_AEAD_GET_TAG = EVP_CTRL_AEAD_GET_TAG;
static const int CLIBCRYPTO_AEAD_SET_TAG = EVP_CTRL_AEAD_SET_TAG;
static const int CLIBCRYPTO_RSA_PKCS1_PADDING = RSA_PKCS1_PADDING;
static const int CLIBCRYPTO_RSA_PKCS1_PSS_PADDING = RSA_PKCS1_PSS_PADDING;
static const int CLIBCRYPTO_RSA_PSS_SALTLEN_DIGEST = RSA_PSS_SALTLEN_DIGEST;

// Hashes without allocating: what the functions of EVP cannot do. They are deprecated since 3.0 and need no provider.
static inline int clibcrypto_sha256_in_place(const unsigned char *octets, size_t count, unsigned char *digest) {
#ifdef OPENSSL_NO_DEPRECATED_3_0
    (void)octets; (void)count; (void)digest;
    return 0;
#else
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    SHA256_CTX context;
    int result = SHA256_Init(&context) == 1 && SHA256_Update(&context, octets, count) == 1
        && SHA256_Final(digest, &context) == 1;
    OPENSSL_cleanse(&context, sizeof context);
    return result;
#pragma GCC diagnostic pop
#endif
}

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

// Empties this thread's error queue and says whether it holds a verdict about a point. Where an allocation failed,
// libcrypto 3.0 can name such a verdict too, and it means nothing.
static inline int clibcrypto_has_refused_point(void) {
    int is_refused = 0, has_memory = 1;
    for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error()) {
        int reason = ERR_GET_REASON(code);
        if (reason == ERR_R_MALLOC_FAILURE)
            has_memory = 0;
        if (ERR_GET_LIB(code) != ERR_LIB_EC)
            continue;
        if (reason == EC_R_POINT_IS_NOT_ON_CURVE || reason == EC_R_POINT_AT_INFINITY
            || reason == EC_R_COORDINATES_OUT_OF_RANGE || reason == EC_R_INVALID_ENCODING)
            is_refused = 1;
    }
    return is_refused && has_memory;
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

// What became of octets that should hold a public key. Read here, so that each structure is freed on every path.
static const int CLIBCRYPTO_KEY_READ = 1;
static const int CLIBCRYPTO_KEY_MALFORMED = 0;
static const int CLIBCRYPTO_KEY_UNSUPPORTED = -1;
static const int CLIBCRYPTO_KEY_BAD_POINT = -2;

// The structure can be sound and the key in it not: the object identifier tells why there is none.
static inline int clibcrypto_public_key_of(X509_PUBKEY *container, EVP_PKEY **key) {
    ASN1_OBJECT *algorithm = NULL;
    *key = X509_PUBKEY_get(container);
    if (*key != NULL)
        return CLIBCRYPTO_KEY_READ;
    if (X509_PUBKEY_get0_param(&algorithm, NULL, NULL, NULL, container) != 1)
        return CLIBCRYPTO_KEY_MALFORMED;
    switch (OBJ_obj2nid(algorithm)) {
    case NID_X9_62_id_ecPublicKey: return CLIBCRYPTO_KEY_BAD_POINT;
    case NID_rsaEncryption: case NID_ED25519: case NID_ED448: return CLIBCRYPTO_KEY_MALFORMED;
    default: return CLIBCRYPTO_KEY_UNSUPPORTED;
    }
}

static inline int clibcrypto_read_public_key(const unsigned char *octets, size_t count, EVP_PKEY **key) {
    const unsigned char *next = octets;
    X509_PUBKEY *container = d2i_X509_PUBKEY(NULL, &next, (long)count);
    int result = CLIBCRYPTO_KEY_MALFORMED;
    if (container != NULL && next == octets + count)
        result = clibcrypto_public_key_of(container, key);
    X509_PUBKEY_free(container);
    return result;
}

static inline int clibcrypto_read_certificate_key(const unsigned char *octets, size_t count, EVP_PKEY **key) {
    const unsigned char *next = octets;
    X509 *certificate = d2i_X509(NULL, &next, (long)count);
    int result = CLIBCRYPTO_KEY_MALFORMED;
    if (certificate != NULL && next == octets + count)
        result = clibcrypto_public_key_of(X509_get_X509_PUBKEY(certificate), key);
    X509_free(certificate);
    return result;
}

static inline int clibcrypto_read_pkcs1_public_key(const unsigned char *octets, size_t count, EVP_PKEY **key) {
    const unsigned char *next = octets;
    *key = d2i_PublicKey(EVP_PKEY_RSA, NULL, &next, (long)count);
    if (*key != NULL && next == octets + count)
        return CLIBCRYPTO_KEY_READ;
    EVP_PKEY_free(*key);
    *key = NULL;
    return CLIBCRYPTO_KEY_MALFORMED;
}

static inline int clibcrypto_is_encrypted_private_key(const unsigned char *octets, size_t count) {
    const unsigned char *next = octets;
    X509_SIG *sealed = d2i_X509_SIG(NULL, &next, (long)count);
    int result = sealed != NULL && next == octets + count;
    X509_SIG_free(sealed);
    return result;
}
