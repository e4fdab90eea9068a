#include "registrar/webhook/webhook.h"

#include "crypto/base_text.h"
#include "crypto/hmac.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

OutboxEntry entry(int number, bool withdraw = false) {
    OutboxEntry one;
    one.id = number;
    one.at = from_rfc3339("2026-11-23T12:00:00Z").value();
    one.device = MacAddress(0x001565000001);
    one.generation = 2;
    one.line = "line.1";
    one.user = "u" + std::to_string(number);
    one.realm = "example.org";
    one.withdraw = withdraw;
    if (!withdraw) one.ha1_md5 = "0123", one.ha1_sha256 = "4567";
    return one;
}

class WebhookTest : public testing::Test {
 protected:
    std::unique_ptr<Registrar> open() {
        return open_webhook(
            {"main", "pbx-1", Secret::copy_of(std::string(32, 'k'))},
            [this](const std::vector<std::string>& given, const std::string& text) {
                headers = given, body = text;
                return answer;
            },
            clock);
    }
    std::string header(const std::string& name) {
        for (const auto& one : headers)
            if (one.starts_with(name + ": ")) return one.substr(name.size() + 2);
        return {};
    }

    ManualClock clock{from_rfc3339("2026-11-23T12:00:00Z").value()};
    Result<std::string> answer = std::string();
    std::vector<std::string> headers;
    std::string body;
};

TEST_F(WebhookTest, R_F4_TellsABatchSigned) {
    const std::vector<OutboxEntry> entries{entry(1), entry(2, true)};
    const auto done = open()->push(entries);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->size(), 2u);
    EXPECT_TRUE(done->at(0) && done->at(1));
    const auto mac = hmac_sha256(Secret::copy_of(std::string(32, 'k')),
                                 header("webhook-id") + "." + header("webhook-timestamp") + "." + body);
    EXPECT_EQ(header("webhook-signature"), "v1," + to_base64(mac));
    EXPECT_EQ(body, R"({"type":"registrar.entries","server":"pbx-1","registrar":"main","entries":[{"key":")" +
                        idempotency_key(entries[0]) +
                        R"(","op":"set","user":"u1","realm":"example.org","device":"001565000001",)"
                        R"("generation":2,"ha1_md5":"0123","ha1_sha256":"4567"},{"key":")" +
                        idempotency_key(entries[1]) +
                        R"(","op":"withdraw","user":"u2","realm":"example.org","device":"001565000001",)"
                        R"("generation":2}]})");
}

TEST_F(WebhookTest, AKeyIsAnEntrysOwnAndABatchsId) {
    EXPECT_EQ(idempotency_key(entry(1)), idempotency_key(entry(1)));
    EXPECT_NE(idempotency_key(entry(1)), idempotency_key(entry(2)));
    EXPECT_NE(idempotency_key(entry(1)), idempotency_key(entry(1, true)));
    auto later = entry(1);
    later.at += std::chrono::milliseconds(1);
    EXPECT_NE(idempotency_key(entry(1)), idempotency_key(later)) << "a database that began again";
    ASSERT_TRUE(open()->push(std::vector{entry(1)}));
    const auto alone = header("webhook-id");
    ASSERT_TRUE(open()->push(std::vector{entry(1), entry(2)}));
    EXPECT_NE(header("webhook-id"), alone) << "who passes over ids it knows would miss the second";
}

TEST_F(WebhookTest, R_F4_OneIsRefusedOrAllAreUnknown) {
    const std::vector<OutboxEntry> entries{entry(1), entry(2)};
    answer =
        R"({"refused": [{"key": ")" + idempotency_key(entries[1]) + R"(", "why": "no domain\n"}, 7, {}]})";
    auto done = open()->push(entries);
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->at(0));
    ASSERT_FALSE(done->at(1));
    EXPECT_EQ(done->at(1).error().code, "P-8111");
    EXPECT_EQ(done->at(1).error().why.find('\n'), std::string::npos);
    for (const char* const other : {"", "OK", "[]", R"({"refused": {}})", R"({"refused": [{"key": "x"}]})"}) {
        answer = std::string(other);
        done = open()->push(entries);
        EXPECT_TRUE(done && done->at(0) && done->at(1)) << other;
    }
    answer = fail({"P-7021", "not reached"});
    EXPECT_FALSE(open()->push(entries));
}

TEST_F(WebhookTest, ItCantBeAsked) {
    const auto hook = open();
    EXPECT_FALSE(hook->abilities().lists_accounts);
    EXPECT_FALSE(hook->abilities().tells_registrations);
    EXPECT_EQ(hook->accounts({}, 1).error().code, "P-8102");
    EXPECT_EQ(hook->registrations({}, 1).error().code, "P-8102");
    EXPECT_EQ(hook->registrations_of({}).error().code, "P-8102");
    EXPECT_EQ(hook->digest({}).error().code, "P-8102");
}

}  // namespace
}  // namespace provost
