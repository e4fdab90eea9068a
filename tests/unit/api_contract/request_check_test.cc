// What the contract lets through to a handler (R-G5).
#include "api/request_check.h"

#include "api/contract_reader.h"
#include "api/json_members.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

constexpr std::string_view block = R"(
type Shape = text(1..4)
type Thing
    name    text
    size?   int(1..9)
    big?    flag
    parts?  [Thing]
    notes?  {text}
    end?    time?
POST /v1/things
    ?limit  int(1..10)
    ?big    flag
    ?since  time
    ?kind   =red|green
    ?shape  Shape
    body    Thing
    200
GET /v1/things
    200
PUT /v1/things
    body    text/csv
    200
)";

std::string refusal(const char* method, std::map<std::string, std::string> query, std::string body) {
    static const auto made = contract::read_contract({&block, 1}, {});
    ApiRequest request;
    request.query = std::move(query);
    request.body = std::move(body);
    const auto checked = check_request(made, *made.find(method, "/v1/things"), request);
    return checked ? "" : checked.error().code + " " + checked.error().where + " " + checked.error().fix;
}

TEST(RequestCheck, R_G5_Queries) {
    const struct {
        const char *name, *value, *refusal;
    } cases[] = {
        {"limit", "1", ""},
        {"limit", "", ""},
        {"limit", "0", "P-8004 limit "},
        {"limit", "11", "P-8004 limit "},
        {"limit", "1x", "P-8004 limit "},
        {"limit", " 1", "P-8004 limit "},
        {"limit", "+1", "P-8004 limit "},
        {"limit", "99999999999999999999", "P-8004 limit "},
        {"big", "true", ""},
        {"big", "yes", "P-8004 big "},
        {"big", "TRUE", "P-8004 big "},
        {"since", "2026-11-23T00:00:00Z", ""},
        {"since", "yesterday", "P-8004 since "},
        {"kind", "red", ""},
        {"kind", "blue", "P-8004 kind "},
        {"shape", "abcd", ""},
        {"shape", "abcde", "P-8004 shape "},
        {"shape", "\xff", "P-8004 shape "},
        {"limt", "1", "P-8009 limt Did you mean 'limit'?"},
        {"\xff", "1", "P-8009 \\xff It takes limit, big, since, kind, shape."},
    };
    for (const auto& one : cases)
        EXPECT_EQ(refusal("POST", {{one.name, one.value}}, ""), one.refusal) << one.name << '=' << one.value;
    EXPECT_EQ(refusal("GET", {{"a", "1"}}, ""), "P-8009 a Leave it out: this call takes none.");
}

TEST(RequestCheck, R_G5_Bodies) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"{}", ""},
        {R"({"name":"a","size":3,"big":true,"parts":[{"name":"b"}],"notes":{"x":"y"}})", ""},
        {R"({"end":null})", ""},
        {"{", "P-8001 body "},
        {"[]", "P-8001 body "},
        {"{} {}", "P-8001 body "},
        {"{\"name\":\"\xff\"}", "P-8001 body "},
        {R"({"nam":"a"})", "P-8002 nam Did you mean 'name'?"},
        {R"({"name":1})", "P-8002 name "},
        {R"({"name":null})", "P-8002 name "},
        {R"({"size":0})", "P-8002 size "},
        {R"({"size":1.5})", "P-8002 size "},
        {R"({"size":"1"})", "P-8002 size "},
        {R"({"size":99999999999999999999})", "P-8002 size "},
        {R"({"big":1})", "P-8002 big "},
        {R"({"parts":{}})", "P-8002 parts "},
        {R"({"parts":[{"name":"a"},{"naem":"a"}]})", "P-8002 parts.2.naem "},
        {R"({"notes":{"x":1}})", "P-8002 notes.x "},
        {R"({"name":"a","name":"b"})", "P-8002 name "},
        {R"({"name":"a","n\u0061me":"b"})", "P-8002 name "},
        {R"({"parts":[{"name":"a"},{"name":"b"}]})", ""},
    };
    for (const auto& [body, expected] : cases) EXPECT_EQ(refusal("POST", {}, body), expected) << body;
    std::string deep(1000, '[');
    EXPECT_EQ(refusal("POST", {}, R"({"parts":)" + deep), "P-8001 body ");
    EXPECT_EQ(refusal("POST", {}, std::string(9 * 1024 * 1024, ' ')), "P-8010 body ");
    EXPECT_EQ(refusal("PUT", {}, "\xff\xfe any bytes"), "");
}

TEST(RequestCheck, R_G5_ACallWithoutABodyTakesNone) {
    EXPECT_EQ(refusal("GET", {}, ""), "");
    EXPECT_EQ(refusal("GET", {}, " {} "), "");
    EXPECT_EQ(refusal("GET", {}, R"({"a":1})"), "P-8002 body Leave the body out.");
}

TEST(RepeatedMember, LooksIntoEveryObjectAndNoText) {
    EXPECT_FALSE(repeated_member(R"({"a":{"a":[1,"a","a"]},"b":"{\"b\":1,\"b\":2}"})"));
    EXPECT_EQ(repeated_member(R"([{"a":1},{"b":{"c":[],"c":{}}}])"), "c");
    EXPECT_EQ(repeated_member(R"({"a":"\"","a":1})"), "a");
}

}  // namespace
}  // namespace provost
