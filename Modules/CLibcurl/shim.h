// What Swift cannot import from libcurl – variadic functions, one here per type of argument – and its constants.
#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#if LIBCURL_VERSION_NUM < 0x074400
#error "libcurl 7.68 or newer is needed: curl_multi_wakeup"
#endif

#pragma clang assume_nonnull begin

// A name is an enumerator in one release of libcurl and a macro of type long in the next, and Swift would see another type or
// none. It sees these instead.
static const CURLoption CLIBCURL_OPTION_URL = CURLOPT_URL;
static const CURLoption CLIBCURL_OPTION_PATH_AS_IS = CURLOPT_PATH_AS_IS;
static const CURLoption CLIBCURL_OPTION_NOSIGNAL = CURLOPT_NOSIGNAL;
static const CURLoption CLIBCURL_OPTION_NETRC = CURLOPT_NETRC;
static const CURLoption CLIBCURL_OPTION_FOLLOWLOCATION = CURLOPT_FOLLOWLOCATION;
static const CURLoption CLIBCURL_OPTION_HTTP09_ALLOWED = CURLOPT_HTTP09_ALLOWED;
static const CURLoption CLIBCURL_OPTION_HTTP_VERSION = CURLOPT_HTTP_VERSION;
static const CURLoption CLIBCURL_OPTION_USERAGENT = CURLOPT_USERAGENT;
static const CURLoption CLIBCURL_OPTION_CONNECTTIMEOUT_MS = CURLOPT_CONNECTTIMEOUT_MS;
static const CURLoption CLIBCURL_OPTION_TIMEOUT_MS = CURLOPT_TIMEOUT_MS;
static const CURLoption CLIBCURL_OPTION_SSL_VERIFYPEER = CURLOPT_SSL_VERIFYPEER;
static const CURLoption CLIBCURL_OPTION_SSL_VERIFYHOST = CURLOPT_SSL_VERIFYHOST;
static const CURLoption CLIBCURL_OPTION_SSLVERSION = CURLOPT_SSLVERSION;
static const CURLoption CLIBCURL_OPTION_HEADEROPT = CURLOPT_HEADEROPT;
static const CURLoption CLIBCURL_OPTION_SUPPRESS_CONNECT_HEADERS = CURLOPT_SUPPRESS_CONNECT_HEADERS;
static const CURLoption CLIBCURL_OPTION_PROXY = CURLOPT_PROXY;
static const CURLoption CLIBCURL_OPTION_NOPROXY = CURLOPT_NOPROXY;
static const CURLoption CLIBCURL_OPTION_CAINFO = CURLOPT_CAINFO;
static const CURLoption CLIBCURL_OPTION_SSLCERT = CURLOPT_SSLCERT;
static const CURLoption CLIBCURL_OPTION_SSLCERTTYPE = CURLOPT_SSLCERTTYPE;
static const CURLoption CLIBCURL_OPTION_SSLKEY = CURLOPT_SSLKEY;
static const CURLoption CLIBCURL_OPTION_SSLKEYTYPE = CURLOPT_SSLKEYTYPE;
static const CURLoption CLIBCURL_OPTION_KEYPASSWD = CURLOPT_KEYPASSWD;
static const CURLoption CLIBCURL_OPTION_FRESH_CONNECT = CURLOPT_FRESH_CONNECT;
static const CURLoption CLIBCURL_OPTION_FORBID_REUSE = CURLOPT_FORBID_REUSE;
static const CURLoption CLIBCURL_OPTION_NOBODY = CURLOPT_NOBODY;
static const CURLoption CLIBCURL_OPTION_HTTPGET = CURLOPT_HTTPGET;
static const CURLoption CLIBCURL_OPTION_POST = CURLOPT_POST;
static const CURLoption CLIBCURL_OPTION_CUSTOMREQUEST = CURLOPT_CUSTOMREQUEST;

static const long CLIBCURL_NETRC_IGNORED = (long)CURL_NETRC_IGNORED;
static const long CLIBCURL_HTTP_1_1 = (long)CURL_HTTP_VERSION_1_1;
static const long CLIBCURL_TLS_1_2_OR_LATER = (long)CURL_SSLVERSION_TLSv1_2;
static const long CLIBCURL_SEPARATE_HEADERS = (long)CURLHEADER_SEPARATE;

static const CURLcode CLIBCURL_OK = CURLE_OK;
static const CURLcode CLIBCURL_COULDNT_RESOLVE_HOST = CURLE_COULDNT_RESOLVE_HOST;
static const CURLcode CLIBCURL_COULDNT_CONNECT = CURLE_COULDNT_CONNECT;
static const CURLcode CLIBCURL_COULDNT_RESOLVE_PROXY = CURLE_COULDNT_RESOLVE_PROXY;
static const CURLcode CLIBCURL_URL_MALFORMAT = CURLE_URL_MALFORMAT;
static const CURLcode CLIBCURL_OPERATION_TIMEDOUT = CURLE_OPERATION_TIMEDOUT;
static const CURLcode CLIBCURL_OUT_OF_MEMORY = CURLE_OUT_OF_MEMORY;
static const CURLcode CLIBCURL_SSL_CONNECT_ERROR = CURLE_SSL_CONNECT_ERROR;
static const CURLcode CLIBCURL_PEER_FAILED_VERIFICATION = CURLE_PEER_FAILED_VERIFICATION;
static const CURLcode CLIBCURL_SSL_CACERT_BADFILE = CURLE_SSL_CACERT_BADFILE;
static const CURLcode CLIBCURL_SSL_CIPHER = CURLE_SSL_CIPHER;
static const CURLcode CLIBCURL_SSL_CERTPROBLEM = CURLE_SSL_CERTPROBLEM;
static const CURLcode CLIBCURL_SSL_ISSUER_ERROR = CURLE_SSL_ISSUER_ERROR;
static const CURLcode CLIBCURL_SSL_CRL_BADFILE = CURLE_SSL_CRL_BADFILE;
static const CURLcode CLIBCURL_SSL_INVALIDCERTSTATUS = CURLE_SSL_INVALIDCERTSTATUS;
static const CURLcode CLIBCURL_UNSUPPORTED_PROTOCOL = CURLE_UNSUPPORTED_PROTOCOL;
static const CURLcode CLIBCURL_WEIRD_SERVER_REPLY = CURLE_WEIRD_SERVER_REPLY;
static const CURLcode CLIBCURL_PARTIAL_FILE = CURLE_PARTIAL_FILE;
static const CURLcode CLIBCURL_BAD_CONTENT_ENCODING = CURLE_BAD_CONTENT_ENCODING;
// CURLE_TOO_LARGE, which the headers know since 8.6. The library that runs can be newer than they are.
static const CURLcode CLIBCURL_TOO_LARGE = (CURLcode)100;

static const curl_socket_t CLIBCURL_NO_SOCKET = CURL_SOCKET_BAD;

static const CURLMcode CLIBCURL_MULTI_OK = CURLM_OK;
static const CURLMoption CLIBCURL_MULTI_MAXCONNECTS = CURLMOPT_MAXCONNECTS;

static inline CURLcode clibcurl_start(void) {
    return curl_global_init(CURL_GLOBAL_ALL);
}

static inline int clibcurl_speaks_tls(void) {
    curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);
    return version != NULL && (version->features & CURL_VERSION_SSL) != 0;
}

typedef size_t (*clibcurl_octets_function)(char *_Nullable, size_t, size_t, void *_Nullable);
typedef int (*clibcurl_before_request_function)(
    void *_Nullable, char *_Nullable, char *_Nullable, int, int);

static inline CURLcode clibcurl_set_number(void *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode clibcurl_set_text(void *easy, CURLoption option, const char *_Nullable value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode clibcurl_set_fields(void *easy, struct curl_slist *_Nullable fields) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
}

// libcurl says "Accept-Encoding: identity" and decodes what comes in a coding all the same; without a text it does neither.
static inline CURLcode clibcurl_ask_for_plain_bodies(void *easy) {
    return curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "identity");
}

// Called with the octets received so far, before decoding; another result than 0 ends the transfer.
typedef int (*clibcurl_progress_function)(void *_Nullable, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

static inline CURLcode clibcurl_set_progress_function(void *easy, clibcurl_progress_function function, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_XFERINFODATA, context);
}

// libcurl copies the octets.
static inline CURLcode clibcurl_set_body(void *easy, const void *octets, size_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, octets);
}

static inline CURLcode clibcurl_set_header_function(void *easy, clibcurl_octets_function function, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline CURLcode clibcurl_set_write_function(void *easy, clibcurl_octets_function function, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

// CURLE_UNKNOWN_OPTION when libcurl is older than 7.80.
static inline CURLcode clibcurl_set_before_request(
    void *easy, clibcurl_before_request_function function, void *context) {
#if LIBCURL_VERSION_NUM >= 0x075000
    CURLcode code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_PREREQDATA, context);
#else
    (void)easy, (void)function, (void)context;
    return CURLE_UNKNOWN_OPTION;
#endif
}

static inline CURLcode clibcurl_set_web_protocols(void *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    CURLcode code = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (code != CURLE_UNKNOWN_OPTION) return code;
#endif
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#pragma clang diagnostic pop
}

// Forgets the folder of authorities that libcurl was built with; not every TLS library knows such a folder.
static inline CURLcode clibcurl_forget_authorities_folder(void *easy) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    return code == CURLE_NOT_BUILT_IN ? CURLE_OK : code;
}

// Without this, libcurl waits for a name lookup in flight when it drops a transfer, and every other transfer waits too.
// Since 7.87; before that, there is no such option.
static inline void clibcurl_leave_lookups_behind(void *easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
    (void)curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#else
    (void)easy;
#endif
}

static inline int clibcurl_close_on_exec(void *_Nullable context, curl_socket_t socket, curlsocktype purpose) {
    (void)context, (void)purpose;
    return fcntl(socket, F_SETFD, FD_CLOEXEC) == -1 ? CURL_SOCKOPT_ERROR : CURL_SOCKOPT_OK;
}

static inline CURLcode clibcurl_set_close_on_exec(void *easy) {
    return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, clibcurl_close_on_exec);
}

typedef curl_socket_t (*clibcurl_open_socket_function)(
    void *_Nullable, curlsocktype, struct curl_sockaddr *_Nullable);

static inline CURLcode clibcurl_set_open_socket_function(
    void *easy, clibcurl_open_socket_function function, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
}

static inline curl_socket_t clibcurl_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype, address->protocol);
}

// Writes the octets of an IPv4 or IPv6 address, at most 16, and returns how many; 0 for another family.
static inline int clibcurl_address_octets(const struct curl_sockaddr *address, unsigned char *octets) {
    const void *place = &address->addr;
    switch (address->family) {
    case AF_INET:
        memcpy(octets, &((const struct sockaddr_in *)place)->sin_addr, 4);
        return 4;
    case AF_INET6:
        memcpy(octets, &((const struct sockaddr_in6 *)place)->sin6_addr, 16);
        return 16;
    default:
        return 0;
    }
}

// Called when the certificate of the client has been read, which is all that is wanted.
static inline CURLcode clibcurl_note_context(void *easy, void *_Nullable context, void *_Nullable reached) {
    (void)easy, (void)context;
    *(int *)reached = 1;
    return CURLE_ABORTED_BY_CALLBACK;
}

// Begins a handshake with a socket of our own that never answers, to make libcurl read the files it needs for one; 0 if there
// is no such socket.
static inline int clibcurl_try_handshake(void *easy, CURLcode *result) {
    struct sockaddr_in address = {0};
    socklen_t length = sizeof address;
    int reached = 0, is_ready;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) return 0;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_ready = fcntl(listener, F_SETFD, FD_CLOEXEC) == 0
        && bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 1) == 0
        && getsockname(listener, (struct sockaddr *)&address, &length) == 0;
    if (is_ready) {
        (void)curl_easy_setopt(easy, CURLOPT_PORT, (long)ntohs(address.sin_port));
        // Not every TLS library has this; the others wait for the deadline.
        (void)curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, clibcurl_note_context);
        (void)curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, &reached);
        *result = curl_easy_perform(easy);
        if (reached) *result = CURLE_OK;
    }
    (void)close(listener);
    return is_ready;
}

// Octets of requests written so far, header and body.
static inline long long clibcurl_octets_sent(void *easy) {
    long head = 0;
    curl_off_t body = 0;
    if (curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &head) != CURLE_OK) return -1;
    if (curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &body) != CURLE_OK) return -1;
    return (long long)head + (long long)body;
}

static inline CURLMcode clibcurl_multi_set_number(void *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

// The next transfer that has ended, or NULL.
static inline void *_Nullable clibcurl_multi_next_ended(void *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

#pragma clang assume_nonnull end
