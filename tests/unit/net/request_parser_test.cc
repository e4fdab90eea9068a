#include "net/request_parser.h"

#include <gtest/gtest.h>

namespace provost::test {
namespace {

using State = RequestParser::State;
using std::string_literals::operator""s;

struct Parsed {
    State state;
    RequestHead head;
    std::string body, rest;
};

// Feeds `input` in pieces of `step` bytes.
Parsed parse(const std::string& input, std::size_t step = std::string::npos, RequestLimits limits = {}) {
    RequestParser parser(limits);
    Parsed parsed;
    parser.keep_body(&parsed.body);
    for (std::size_t at = 0; at < input.size(); at += std::min(step, input.size())) {
        parsed.rest += input.substr(at, step);
        for (auto was = State::refused; was != parser.state();) {
            was = parser.state();
            if (was != State::head && was != State::body) break;
            parsed.rest.erase(0, parser.feed(parsed.rest));
        }
    }
    parsed.state = parser.state();
    parsed.head = parser.head();
    return parsed;
}

TEST(RequestParser, ReadsARequest) {
    const auto parsed = parse("GET /a?b HTTP/1.1\r\nHost: h\r\nUser-Agent:\t Phone  1 \r\n\r\nnext");
    EXPECT_EQ(parsed.state, State::complete);
    EXPECT_EQ(parsed.head.method, "GET");
    EXPECT_EQ(parsed.head.target, "/a?b");
    EXPECT_EQ(parsed.head.field("user-agent"), "Phone  1");
    EXPECT_EQ(parsed.head.field("referer"), "");
    EXPECT_TRUE(parsed.head.http_1_1 && parsed.head.keep_alive);
    EXPECT_EQ(parsed.rest, "next");
}

TEST(RequestParser, PiecesOfAnySizeMakeTheSameRequest) {
    const auto input =
        "POST /log HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\nConnection: foo , Close\r\n\r\n"
        "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\n\r\nGET"s;
    for (std::size_t step = 1; step <= input.size(); ++step) {
        const auto parsed = parse(input, step);
        ASSERT_EQ(parsed.state, State::complete) << step;
        EXPECT_EQ(parsed.body, "hello world");
        EXPECT_FALSE(parsed.head.keep_alive);
    }
}

TEST(RequestParser, ReadsTheNextRequest) {
    RequestParser parser({});
    const auto input = "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"s;
    EXPECT_EQ(parser.feed(input), input.size());
    parser.next();
    EXPECT_EQ(parser.state(), State::head);
    EXPECT_EQ(parser.feed("PUT /2 HTTP/1.0\r\nContent-Length: 2\r\n\r\n"), 38U);
    EXPECT_EQ(parser.state(), State::body);
    EXPECT_EQ(parser.feed("ab"), 2U);
    EXPECT_EQ(parser.state(), State::complete);
    EXPECT_EQ(parser.head().target, "/2");
}

// What RFC 9112 allows a recipient to repair, and what two recipients may read as two different requests.
TEST(RequestParser, HostileFramingIsRefused) {
    const std::string put = "PUT / HTTP/1.1\r\nHost: h\r\n";
    const std::vector<std::string> hostile = {
        put + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        put + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        put + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        put + "Content-Length: 3, 3\r\n\r\nabc",
        put + "Content-Length: +3\r\n\r\nabc",
        put + "Content-Length: -3\r\n\r\nabc",
        put + "Content-Length: 0x3\r\n\r\nabc",
        put + "Content-Length: 3 3\r\n\r\nabc",
        put + "Content-Length:\r\n\r\n",
        put + "Content-Length: 99999999999999999999\r\n\r\n",
        put + "Content-Length: 1048577\r\n\r\n",
        put + "Content-Length : 3\r\n\r\nabc",
        put + "Transfer-Encoding: identity\r\n\r\n",
        put + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        put + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        put +
            "Transfer-Encoding: \x0b"
            "chunked\r\n\r\n0\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        put + "Transfer-Encoding\r\n : chunked\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n+1\r\na\r\n0\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n" + std::string(9000, 'x'),
        put + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n200001\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n",
        put + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(9000, 'x'),
        "PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        put + "A: b\r\n folded\r\n\r\n",
        put + "A: b\r\n\tfolded\r\n\r\n",
        put + " A: b\r\n\r\n",
        put + "A: b\nB: c\r\n\r\n",
        put + "A: b\rB: c\r\n\r\n",
        put + "A: b\0c\r\n\r\n"s,
        put + "A: b\x7f\r\n\r\n",
        put + "A: b\x1b[2J\r\n\r\n",
        put + "A b\r\n\r\n",
        put + ": b\r\n\r\n",
        put + "A(: b\r\n\r\n",
        put + "A\xc3\xa4: b\r\n\r\n",
        put + "Host: other\r\n\r\n",
        put + "Expect: 200-ok\r\n\r\n",
        "GET / HTTP/1.1\nHost: h\n\n",
        "GET / HTTP/1.1\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
        "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: h\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
        "GET / HTTP/0.9\r\n\r\n",
        "GET / http/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.10\r\nHost: h\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: h\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /\xff HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n"s,
        "G@T / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n"s,
    };
    for (const auto& input : hostile)
        for (const std::size_t step : {std::string::npos, std::size_t{1}, std::size_t{7}})
            EXPECT_EQ(parse(input, step).state, State::refused) << input.substr(0, 200);
}

TEST(RequestParser, LimitsHoldAlsoForWhatNeverEnds) {
    const RequestLimits limits{100, 1000, 5, 10};
    const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n";
    EXPECT_EQ(parse(std::string(103, 'G'), 1, limits).state, State::refused);
    EXPECT_EQ(parse("GET /" + std::string(86, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 1, limits).state,
              State::complete);
    EXPECT_EQ(parse("GET /" + std::string(87, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 1, limits).state,
              State::refused);
    EXPECT_EQ(parse(head + "A: " + std::string(1200, 'a'), 1, limits).state, State::refused);
    EXPECT_EQ(parse(head + "A:\r\nB:\r\nC:\r\nD:\r\n\r\n", 1, limits).state, State::complete);
    EXPECT_EQ(parse(head + "A:\r\nB:\r\nC:\r\nD:\r\nE:\r\n\r\n", 1, limits).state, State::refused);
    EXPECT_EQ(parse("PUT" + head.substr(3) + "Content-Length: 11\r\n\r\n", 1, limits).state, State::refused);
    EXPECT_EQ(
        parse("PUT" + head.substr(3) + "Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\n", 1, limits)
            .state,
        State::refused);
}

}  // namespace
}  // namespace provost::test
