#include "failing_allocator.h"

#include <openssl/crypto.h>
#include <openssl/decoder.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static long countdown;
static bool is_lasting;
static bool has_failed;

static bool fails(void) {
    if (countdown == 0)
        return false;
    if (countdown > 1) {
        countdown--;
        return false;
    }
    has_failed = true;
    if (!is_lasting)
        countdown = 0;
    return true;
}

static void *allocate(size_t count, const char *file, int line) {
    (void)file; (void)line;
    return fails() ? NULL : malloc(count);
}

static void *reallocate(void *pointer, size_t count, const char *file, int line) {
    (void)file; (void)line;
    return fails() ? NULL : realloc(pointer, count);
}

static void release(void *pointer, const char *file, int line) {
    (void)file; (void)line;
    free(pointer);
}

bool failing_allocator_install(void) { return CRYPTO_set_mem_functions(allocate, reallocate, release) == 1; }

void failing_allocator_fail(long nth, bool lasting) {
    countdown = nth;
    is_lasting = lasting;
    has_failed = false;
}

bool failing_allocator_has_failed(void) { return has_failed; }

bool failing_allocator_start_libcrypto(void) {
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_free(kdf);
    return kdf != NULL;
}

static bool reads_public(EVP_PKEY *key) {
    unsigned char *octets = NULL;
    int count = i2d_PUBKEY(key, &octets);
    const unsigned char *next = octets;
    EVP_PKEY *again = count > 0 ? d2i_PUBKEY(NULL, &next, count) : NULL;
    bool is_same = again != NULL && EVP_PKEY_eq(key, again) == 1;
    EVP_PKEY_free(again);
    OPENSSL_free(octets);
    return is_same;
}

static bool reads_private(EVP_PKEY *key) {
    BIO *text = BIO_new(BIO_s_mem());
    bool is_written = text != NULL && PEM_write_bio_PrivateKey(text, key, NULL, NULL, 0, NULL, NULL) == 1;
    EVP_PKEY *again = is_written ? PEM_read_bio_PrivateKey(text, NULL, NULL, NULL) : NULL;
    bool is_same = again != NULL && EVP_PKEY_eq(key, again) == 1;
    EVP_PKEY_free(again);
    BIO_free(text);
    return is_same;
}

// Whether libcrypto, without any code of ours, reads what it has written.
static bool libcrypto_reads_keys(void) {
    EVP_PKEY *keys[] = {
        EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"),
        EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256"),
        EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048),
    };
    bool reads_all = true;
    for (size_t index = 0; index < sizeof keys / sizeof *keys; index++) {
        reads_all = reads_all && keys[index] != NULL && reads_public(keys[index]) && reads_private(keys[index]);
        EVP_PKEY_free(keys[index]);
    }
    return reads_all;
}

bool failing_allocator_libcrypto_is_whole(void) {
    // A context of RSASSA-PSS begins with SHA-1, whatever it is told afterwards.
    static const char *const digests[] = {"SHA256", "SHA384", "SHA512", "SHA1", NULL};
    static const char *const keys[] = {"RSA", "EC", "ED25519", NULL};
    static const char *const signatures[] = {"RSA", "ECDSA", "ED25519", NULL};
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    unsigned char octet = 0;
    bool is_whole = mac != NULL && cipher != NULL && RAND_bytes(&octet, 1) == 1 && RAND_priv_bytes(&octet, 1) == 1;
    EVP_MAC_free(mac);
    EVP_CIPHER_free(cipher);
    for (const char *const *name = digests; *name != NULL; name++) {
        EVP_MD *digest = EVP_MD_fetch(NULL, *name, NULL);
        is_whole = is_whole && digest != NULL;
        EVP_MD_free(digest);
    }
    for (const char *const *name = keys; *name != NULL; name++) {
        EVP_KEYMGMT *key = EVP_KEYMGMT_fetch(NULL, *name, NULL);
        OSSL_DECODER *decoder = OSSL_DECODER_fetch(NULL, *name, NULL);
        is_whole = is_whole && key != NULL && decoder != NULL;
        EVP_KEYMGMT_free(key);
        OSSL_DECODER_free(decoder);
    }
    for (const char *const *name = signatures; *name != NULL; name++) {
        EVP_SIGNATURE *signature = EVP_SIGNATURE_fetch(NULL, *name, NULL);
        is_whole = is_whole && signature != NULL;
        EVP_SIGNATURE_free(signature);
    }
    return is_whole && libcrypto_reads_keys();
}

int failing_allocator_in_child(int (*body)(void *), void *argument) {
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(body(argument) & 127);
    if (child < 0 || waitpid(child, &status, 0) != child)
        return 127;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}
