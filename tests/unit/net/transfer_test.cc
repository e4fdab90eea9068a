#include "door_fixture.h"

namespace provost::test {
namespace {

using namespace std::chrono_literals;
using Ended = FakeDeliver::Ended;

class TransferTest : public DoorTest {
 protected:
    void open_with(std::size_t bytes) {
        deliver_.answer_with([this, bytes](const Evidence&, const DeviceRequest&) {
            return text_reply(std::string(bytes, 's'), ++delivery_);
        });
        open();
    }
    std::atomic<std::int64_t> delivery_ = 0;
};

TEST_F(TransferTest, CompleteWhenThePhoneClosesInOrder) {
    open_with(8192);
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Phone phone(port(), {&LookAlikes::get().phone_ec, version, ""});
        ASSERT_TRUE(phone.ask(get()));
        phone.close_in_order();
        EXPECT_EQ(deliver_.await_end(), (Ended{delivery_, Transfer::complete}));
    }
}

TEST_F(TransferTest, CompleteWhenThePhoneClosesWithoutNotify) {
    open_with(8192);
    Phone phone(port());
    ASSERT_TRUE(phone.ask(get()));
    phone.finish_without_notify();
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::complete}));
}

TEST_F(TransferTest, CompleteWhenThePhoneAsksAgain) {
    open_with(8192);
    Phone phone(port());
    ASSERT_TRUE(phone.ask(get()));
    EXPECT_FALSE(deliver_.await_end(200ms));
    ASSERT_TRUE(phone.ask(get()));
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::complete}));
    phone.reset();
    EXPECT_EQ(deliver_.await_end(), (Ended{2, Transfer::broken}));
}

// A registrar hears of a rotated password when its delivery has ended.
TEST_F(TransferTest, R_B2_CompleteSoonWhereThePhoneKeepsTheConnection) {
    open_with(8192);
    Phone phone(port());
    ASSERT_TRUE(phone.ask(get()));
    EXPECT_EQ(phone.read_to_end(), "");
    phone.close_in_order();
    EXPECT_EQ(deliver_.await_end(8s), (Ended{1, Transfer::complete}));
}

TEST_F(TransferTest, CompleteWhenThePhoneAskedToCloseAndHangsUpFirst) {
    open_with(8192);
    {
        Phone phone(port());
        ASSERT_TRUE(phone.ask(get("/", "Connection: close\r\n")));
    }  // close() with nothing unread: FIN
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::complete}));
}

TEST_F(TransferTest, CompleteWhenThePhoneReadsToTheEndOfTheConnection) {
    open_with(8192);
    Phone phone(port());
    ASSERT_TRUE(phone.send("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_EQ(phone.read_to_end().size() > 8192, true);
    phone.close_in_order();
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::complete}));
}

TEST_F(TransferTest, BrokenWhenThePhoneResetsInMidBody) {
    open_with(8'000'000);
    Phone phone(port());
    ASSERT_TRUE(phone.send(get()));
    std::this_thread::sleep_for(100ms);
    phone.reset();
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::broken}));
}

TEST_F(TransferTest, BrokenWhenThePhoneClosesWithTheBodyUnread) {
    open_with(100'000);
    {
        Phone phone(port());
        ASSERT_TRUE(phone.send(get()));
        std::this_thread::sleep_for(200ms);
    }  // close() with unread data: its system sends a reset
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::broken}));
}

TEST_F(TransferTest, BrokenWhenThePhoneNeverReads) {
    settings_.limits.write_seconds = 1;
    open_with(30'000'000);
    Phone phone(port());
    ASSERT_TRUE(phone.send(get()));
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::broken}));
}

TEST_F(TransferTest, AHalfClosedPhoneStillGetsItsAnswer) {
    open_with(8192);
    Phone phone(port());
    ASSERT_TRUE(phone.send(get("/", "Connection: close\r\n")));
    phone.finish_without_notify();
    EXPECT_GT(phone.read_to_end().size(), 8192U);
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::complete}));
}

TEST_F(TransferTest, BrokenWhenThePhoneDiedBeforeTheAnswerCame) {
    deliver_.answer_later(300ms);
    open_with(8192);
    Phone phone(port());
    ASSERT_TRUE(phone.send(get()));
    std::this_thread::sleep_for(50ms);
    phone.reset();
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::broken}));
}

TEST_F(TransferTest, BrokenWhenTheDoorStopsFirst) {
    deliver_.answer_later(300ms);
    open_with(8192);
    Phone phone(port());
    ASSERT_TRUE(phone.send(get()));
    ASSERT_TRUE(eventually([this] { return deliver_.requests().size() == 1; }));
    door_->stop(Duration(0));  // waits for the answer
    EXPECT_EQ(deliver_.await_end(0ms), (Ended{1, Transfer::broken}));
}

TEST_F(TransferTest, StopLetsAnAnswerUnderWayEnd) {
    deliver_.answer_later(300ms);
    open_with(8192);
    Phone phone(port());
    Phone idle(port());
    ASSERT_TRUE(phone.send(get()));
    ASSERT_TRUE(eventually([this] { return deliver_.requests().size() == 1; }));
    std::thread stopping([this] { door_->stop(std::chrono::seconds(20)); });
    EXPECT_EQ(phone.receive()->status, 200);
    phone.close_in_order();
    EXPECT_EQ(deliver_.await_end(), (Ended{1, Transfer::complete}));
    idle.close_in_order();
    stopping.join();
    EXPECT_EQ(door_->counters().open, 0U);
    EXPECT_FALSE(Phone(port()).connected());
}

}  // namespace
}  // namespace provost::test
