// One call of libcurl, with what all of them share: deadlines, TLS that is verified, no redirections, no
// proxies and nothing from the environment.
#pragma once

#include "net/outbound.h"

#include <array>
#include <memory>
#include <string>

#include <curl/curl.h>

namespace provost {

class CurlList {
 public:
    CurlList() = default;
    ~CurlList() { curl_slist_free_all(list_); }
    CurlList(const CurlList&) = delete;
    CurlList& operator=(const CurlList&) = delete;
    void add(const std::string& text) {
        if (auto* const longer = curl_slist_append(list_, text.c_str())) list_ = longer;
    }
    [[nodiscard]] curl_slist* get() const { return list_; }

 private:
    curl_slist* list_ = nullptr;
};

class CurlCall {
 public:
    CurlCall(const std::string& url, const OutboundTls& tls);
    CurlCall(const CurlCall&) = delete;
    CurlCall& operator=(const CurlCall&) = delete;

    template <class Value>
    void set(CURLoption option, Value value) {
        if (handle_ && curl_easy_setopt(handle_.get(), option, value) != CURLE_OK) refused_ = true;
    }
    void keep_answer(std::size_t most) { most_ = most; }  // else it is thrown away
    [[nodiscard]] CURL* get() const { return handle_.get(); }
    Result<std::string> perform();  // P-7021

 private:
    static std::size_t take(char* data, std::size_t size, std::size_t count, void* self);
    void trust(const OutboundTls& tls);

    struct Free {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };
    std::array<char, CURL_ERROR_SIZE> problem_{};  // outlives the handle
    std::unique_ptr<CURL, Free> handle_;
    std::string answer_, url_;
    std::size_t most_ = 0, taken_ = 0;
    bool refused_ = false;
};

}  // namespace provost
