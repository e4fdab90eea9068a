#include "net/web_request.h"
#include "net/web_response.h"

#include <gtest/gtest.h>

namespace provost::test {
namespace {

std::string text_of(const WebHead& head, const std::map<std::string, std::string>& more = {}) {
    OutputBuffer out;
    append_web_head(out, head, more);
    return std::string(out.view());
}

int count_of(const std::string& text, std::string_view part) {
    int count = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
    return count;
}

constexpr std::string_view always[] = {"Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n",
                                       "X-Content-Type-Options: nosniff\r\n",
                                       "Referrer-Policy: no-referrer\r\n",
                                       "Cross-Origin-Opener-Policy: same-origin\r\n",
                                       "Cross-Origin-Resource-Policy: same-origin\r\n",
                                       "Permissions-Policy: ",
                                       "Content-Security-Policy: default-src 'none'; "};

TEST(WebHeadTest, R_F6_EveryStatusSaysTheSameToBrowsers) {
    for (const int status : {200, 204, 400, 401, 403, 404, 405, 413, 421, 500, 503}) {
        const auto text = text_of({status, "text/plain", 3});
        for (const auto line : always) EXPECT_EQ(count_of(text, line), 1) << status << line;
        EXPECT_EQ(count_of(text, "Cache-Control: no-store\r\n"), 1);
        EXPECT_EQ(count_of(text, "Server:"), 0);
        EXPECT_EQ(count_of(text, "Access-Control"), 0);
    }
}

TEST(WebHeadTest, R_F6_NoHandlerCanWeakenAHead) {
    const auto text = text_of({200, "text/plain", 3}, {{"Strict-transport-security", "max-age=0"},
                                                       {"Content-Length", "9"},
                                                       {"transfer-encoding", "chunked"},
                                                       {"Connection", "upgrade"},
                                                       {"Cache-Control", "public"},
                                                       {"Server", "x"},
                                                       {"ETag", "\"7\""},
                                                       {"Split", "a\r\nInjected: b"}});
    for (const auto line : always) EXPECT_EQ(count_of(text, line), 1) << line;
    EXPECT_EQ(count_of(text, "ETag: \"7\"\r\n"), 1);
    EXPECT_EQ(count_of(text, "Content-Length: 3\r\n"), 1);
    for (const auto* gone :
         {"max-age=0", "Content-Length: 9", "chunked", "upgrade", "public", "Server", "Injected"})
        EXPECT_EQ(count_of(text, gone), 0) << gone;
}

TEST(WebHeadTest, APolicyOfTheAnswerTakesThePlaceOfOurs) {
    const auto text = text_of({200, "text/html", 3}, {{"Content-Security-Policy", "default-src 'none'"}});
    EXPECT_EQ(count_of(text, "Content-Security-Policy: "), 1);
    EXPECT_EQ(count_of(text, "script-src"), 0);
}

TEST(WebHeadTest, R_F6_ThePolicyAllowsNothingInline) {
    const auto bare = content_security_policy("");
    EXPECT_EQ(count_of(bare, "unsafe"), 0);
    EXPECT_EQ(count_of(bare, "nonce"), 0);
    EXPECT_EQ(count_of(bare, "*"), 0);
    for (const auto* part :
         {"default-src 'none'", "script-src 'self';", "style-src-attr 'none'", "frame-ancestors 'none'",
          "base-uri 'none'", "form-action 'self'", "report-uri /csp-report"})
        EXPECT_EQ(count_of(bare, part), 1) << part;
    EXPECT_EQ(count_of(content_security_policy("abc"), "style-src 'self' 'nonce-abc';"), 1);
}

TEST(WebHeadTest, FramesOneWayOnly) {
    EXPECT_EQ(count_of(text_of({204, "text/plain", 0}), "Content-Length"), 0);
    WebHead chunks{200, "text/event-stream", std::nullopt, true};
    EXPECT_EQ(count_of(text_of(chunks), "Transfer-Encoding: chunked\r\n"), 1);
    EXPECT_EQ(count_of(text_of(chunks), "Content-Length"), 0);
}

TEST(WebRequestTest, R_F6_OnlyOwnNamesAreHosts) {
    const std::vector<std::string> names{"admin.example.net", "[::1]"};
    for (const auto* host : {"admin.example.net", "ADMIN.example.NET:8444", "[::1]", "[::1]:8444"})
        EXPECT_TRUE(is_own_host(host, names)) << host;
    for (const auto* host :
         {"", "admin.example.net.", "admin.example.net.evil.example", "xadmin.example.net",
          "admin.example.net:", "admin.example.net:80a", "admin.example.net:1234567",
          "admin.example.net@evil.example", "127.0.0.1", "admin.example.net, evil.example"})
        EXPECT_FALSE(is_own_host(host, names)) << host;
}

RequestHead head_of(const std::string& target, std::vector<std::pair<std::string, std::string>> fields = {}) {
    RequestHead head;
    head.method = "GET";
    head.target = target;
    head.fields = std::move(fields);
    return head;
}

TEST(WebRequestTest, SortsBySingleDecodedPath) {
    using Kind = WebTarget::Kind;
    EXPECT_EQ(read_web_target(head_of("/v1")).kind, Kind::api);
    EXPECT_EQ(read_web_target(head_of("/v1/devices?limit=5")).kind, Kind::api);
    EXPECT_EQ(read_web_target(head_of("/%76%31/devices")).kind, Kind::api);
    EXPECT_EQ(read_web_target(head_of("/v1x/devices")).kind, Kind::file);
    EXPECT_EQ(read_web_target(head_of("/csp-report")).kind, Kind::report);
    EXPECT_EQ(read_web_target(head_of("/%2576/devices")).path, "/%76/devices");
    for (const auto* broken : {"/%", "/%zz", "/%00", "/v1/devices?a=1&a=2"})
        EXPECT_EQ(read_web_target(head_of(broken)).kind, Kind::broken) << broken;
}

TEST(WebRequestTest, AFieldThatLetsInStandsThereOnce) {
    using Kind = WebTarget::Kind;
    for (const auto* name : {"cookie", "authorization", "origin", "x-provost-csrf", "if-match"})
        EXPECT_EQ(read_web_target(head_of("/v1", {{name, "a"}, {name, "b"}})).kind, Kind::broken) << name;
    EXPECT_EQ(read_web_target(head_of("/v1", {{"via", "a"}, {"via", "b"}})).kind, Kind::api);
}

TEST(WebRequestTest, BodiesHaveTheRoomThatTheyNeed) {
    const auto limit = [](const char* path) { return body_limit(read_web_target(head_of(path))); };
    EXPECT_EQ(limit("/v1/imports"), import_bytes);
    EXPECT_EQ(limit("/v1/imports/7/apply"), import_bytes);
    EXPECT_EQ(limit("/v1/importsx"), small_body_bytes);
    EXPECT_EQ(limit("/v1/devices"), small_body_bytes);
    EXPECT_EQ(limit("/csp-report"), report_bytes);
    EXPECT_EQ(limit("/devices"), 0U);
}

TEST(WebRequestTest, WhatTakesLongIsSlow) {
    const auto pace = [](const char* method, const char* path) {
        return pace_of(method, read_web_target(head_of(path)));
    };
    using Pace = WorkerPool::Pace;
    EXPECT_EQ(pace("GET", "/v1/devices"), Pace::quick);
    EXPECT_EQ(pace("GET", "/v1/session"), Pace::quick);
    EXPECT_EQ(pace("POST", "/v1/session/password"), Pace::slow);
    EXPECT_EQ(pace("POST", "/v1/imports"), Pace::slow);
    EXPECT_EQ(pace("GET", "/v1/imports/i00000001"), Pace::quick);
    EXPECT_EQ(pace("GET", "/v1/imports/i00000001/undo"), Pace::slow);
    EXPECT_EQ(pace("PUT", "/v1/me/password"), Pace::slow);
    EXPECT_EQ(pace("POST", "/v1/devices/001565000001/resync"), Pace::slow);
}

// Each would hold one of the few workers, as long as it likes.
TEST(WebRequestTest, R_C4_NobodyWaitsWithinACall) {
    auto head = head_of("/v1/events?wait=30&after=7");
    const auto request = to_api_request(head, read_web_target(head), "");
    EXPECT_FALSE(request.query.contains("wait"));
    EXPECT_TRUE(request.query.contains("after"));
}

TEST(WebRequestTest, SecretsAreWipedAfterTheAnswer) {
    auto head = head_of("/v1/session", {{"cookie", "__Host-provost=canary"}, {"accept", "*/*"}});
    auto request = to_api_request(head, read_web_target(head), "{\"password\":\"canary\"}");
    EXPECT_EQ(request.headers.at("cookie"), "__Host-provost=canary");
    wipe_secrets(request);
    EXPECT_EQ(request.headers.at("cookie").find("canary"), std::string::npos);
    EXPECT_EQ(request.body.find("canary"), std::string::npos);
    EXPECT_EQ(request.headers.at("accept"), "*/*");
}

}  // namespace
}  // namespace provost::test
