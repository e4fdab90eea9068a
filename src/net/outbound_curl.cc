#include "net/outbound_curl.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t most_thrown_away = 64U << 10U;

bool start_library() {
    static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return started;
}

curl_blob blob_of(std::string_view bytes) {
    return {const_cast<char*>(bytes.data()), bytes.size(), CURL_BLOB_COPY};  // it is copied
}

// A path may hold what only the target should know.
std::string without_path(std::string_view url) {
    const auto host = url.find("://");
    return printable(url.substr(0, host == url.npos ? url.npos : url.find_first_of("/?", host + 3)), 128);
}

}  // namespace

CurlCall::CurlCall(const std::string& url, const OutboundTls& tls)
    : handle_(start_library() ? curl_easy_init() : nullptr), url_(url) {
    set(CURLOPT_URL, url_.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(outbound_seconds / 2));
    set(CURLOPT_TIMEOUT, static_cast<long>(outbound_seconds));
    set(CURLOPT_ERRORBUFFER, problem_.data());
    set(CURLOPT_WRITEFUNCTION, &CurlCall::take);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_USERAGENT, "Provost");
    trust(tls);
}

void CurlCall::trust(const OutboundTls& tls) {
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!tls.authorities.empty()) {
        auto blob = blob_of(tls.authorities);
        set(CURLOPT_CAINFO_BLOB, &blob);
        set(CURLOPT_CAPATH, static_cast<char*>(nullptr));  // the system's are not asked as well
    }
    if (tls.certificate.empty()) return;
    auto certificate = blob_of(tls.certificate), key = blob_of(tls.key.expose());
    set(CURLOPT_SSLCERT_BLOB, &certificate);
    set(CURLOPT_SSLKEY_BLOB, &key);
}

std::size_t CurlCall::take(char* data, std::size_t size, std::size_t count, void* self) {
    auto& call = *static_cast<CurlCall*>(self);
    const auto bytes = size * count;
    call.taken_ += bytes;
    if (call.taken_ > std::max(call.most_, most_thrown_away)) return 0;  // ends the call
    if (call.most_ != 0) call.answer_.append(data, bytes);
    return bytes;
}

Result<std::string> CurlCall::perform() {
    const auto failed = [&](const std::string& why) {
        return fail({"P-7021", "the target was not reached, or did not take it", without_path(url_),
                     printable(why, 200), "Check that it runs, its certificate, and what it says of this"});
    };
    if (!handle_ || refused_) return failed("libcurl can't do that");
    const auto code = curl_easy_perform(handle_.get());
    if (code != CURLE_OK) return failed(problem_[0] == '\0' ? curl_easy_strerror(code) : problem_.data());
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 0 && (status < 200 || status > 299)) return failed("it answered " + std::to_string(status));
    if (most_ != 0 && answer_.size() > most_) return failed("the answer is too long");
    return std::move(answer_);
}

}  // namespace provost
