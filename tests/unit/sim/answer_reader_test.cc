// Answers as they come off the wire, in pieces of any size.
#include "sim/answer_reader.h"

#include <gtest/gtest.h>

namespace provost::sim {

namespace {

constexpr std::string_view served =
    "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";

TEST(AnswerReader, R_G4_AnswersInPiecesOfEverySize) {
    for (std::size_t piece = 1; piece <= served.size(); ++piece) {
        AnswerReader reader(false);
        for (std::size_t at = 0; at < served.size(); at += piece) {
            EXPECT_FALSE(reader.whole());
            reader.take(served.substr(at, piece));
        }
        ASSERT_TRUE(reader.whole()) << piece;
        EXPECT_EQ(reader.status(), 200);
        EXPECT_EQ(reader.take_body().view(), "hello");
        EXPECT_EQ(reader.take_headers(), "content-type: text/plain\ncontent-length: 5\n");
    }
}

TEST(AnswerReader, R_G4_ACutBodyIsNotWhole) {
    AnswerReader reader(false);
    reader.take(served.substr(0, served.size() - 1));
    reader.end();
    EXPECT_FALSE(reader.whole());
    EXPECT_FALSE(reader.fault().empty());
}

TEST(AnswerReader, R_G4_WithoutALengthTheBodyEndsWithTheConnection) {
    AnswerReader reader(false);
    reader.take("HTTP/1.0 200 OK\r\n\r\nall of it");
    EXPECT_FALSE(reader.whole());
    reader.end();
    EXPECT_TRUE(reader.whole());
    EXPECT_TRUE(reader.server_closes());
    EXPECT_EQ(reader.take_body().view(), "all of it");
}

TEST(AnswerReader, R_G4_AnAnswerToHeadHasNoBody) {
    AnswerReader reader(true);
    reader.take("HTTP/1.1 200 OK\r\nContent-Length: 8000\r\n\r\n");
    EXPECT_TRUE(reader.whole());
    EXPECT_EQ(reader.body_size(), 0U);
}

TEST(AnswerReader, R_G4_WhatIsNotHttpIsAFault) {
    for (const std::string_view bad : {"SSH-2.0-x\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 xx OK\r\n\r\n",
                                       "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                                       "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                                       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
        AnswerReader reader(false);
        reader.take(bad);
        EXPECT_FALSE(reader.fault().empty()) << bad;
        EXPECT_FALSE(reader.whole()) << bad;
    }
}

TEST(AnswerReader, R_G4_AnEndlessHeadIsAFault) {
    AnswerReader reader(false);
    const std::string filler(1000, 'x');
    for (int i = 0; i < 40 && reader.fault().empty(); ++i) reader.take(filler);
    EXPECT_FALSE(reader.fault().empty());
}

}  // namespace

}  // namespace provost::sim
