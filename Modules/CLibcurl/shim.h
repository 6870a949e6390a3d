// Swift cannot call variadic functions; these wrap them, one function per type of argument.
#pragma once

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <fcntl.h>

#if LIBCURL_VERSION_NUM < 0x074400
#error "libcurl 7.68 or newer is needed: curl_multi_wakeup"
#endif

#pragma clang assume_nonnull begin

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
