#include "net/control_door.h"

#include "door_fixture.h"
#include "net/control_wire.h"

#include <future>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace provost::test {
namespace {

class ControlDoorTest : public ::testing::Test {
 protected:
    Folder folder_;
    std::filesystem::path socket_ = folder_ / "control.sock";
};

std::string me() {
    const passwd* const entry = ::getpwuid(::getuid());
    return "unix:" + (entry != nullptr ? std::string(entry->pw_name) : std::to_string(::getuid()));
}

TEST_F(ControlDoorTest, CarriesARequestAndItsAnswer) {
    ApiRequest seen;
    const auto door = must(open_control_door(socket_, [&seen](const ApiRequest& request) {
        seen = request;
        ApiReply reply;
        reply.status = 412;
        reply.headers = {{"ETag", "\"7\""}, {"Bad", "a\r\nInjected: b"}};
        reply.body = "{\"a\":1}";
        return reply;
    }));
    ApiRequest request;
    request.method = "PATCH";
    request.path = "/v1/devices/a b+c/\xc3\xa4%2f";
    request.query = {{"cursor", "x=1&y z+%"}, {"limit", ""}};
    request.headers = {{"if-match", "\"6\""}};
    request.body = std::string("\0\r\n\r\nbody", 9);
    request.actor = "unix:somebody-else";
    const auto reply = must(call_control_door(socket_, request));
    EXPECT_EQ(seen.method, "PATCH");
    EXPECT_EQ(seen.path, request.path);
    EXPECT_EQ(seen.query, request.query);
    EXPECT_EQ(seen.headers["if-match"], "\"6\"");
    EXPECT_EQ(seen.body, request.body);
    EXPECT_EQ(seen.actor, me());
    EXPECT_EQ(reply.status, 412);
    EXPECT_EQ(reply.content_type, "application/json");
    EXPECT_EQ(reply.headers.at("etag"), "\"7\"");
    EXPECT_FALSE(reply.headers.contains("injected"));
    EXPECT_EQ(reply.body, "{\"a\":1}");
}

TEST_F(ControlDoorTest, OnlyItsOwnerMayUseTheSocket) {
    const auto door = must(open_control_door(socket_, [](const ApiRequest&) { return ApiReply{}; }));
    struct stat status {};
    ASSERT_EQ(::stat(socket_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600U);
}

TEST_F(ControlDoorTest, TakesLargeBodiesAndManyCallersAtOnce) {
    const auto door = must(open_control_door(socket_, [](const ApiRequest& request) {
        ApiReply reply;
        reply.body = std::to_string(request.body.size());
        return reply;
    }));
    std::vector<std::future<std::string>> callers;
    for (int i = 0; i < 12; ++i)
        callers.push_back(std::async(std::launch::async, [this] {
            ApiRequest request;
            request.method = "POST";
            request.path = "/";
            request.body.assign(3'000'000, 'x');
            return must(call_control_door(socket_, request)).body;
        }));
    for (auto& caller : callers) EXPECT_EQ(caller.get(), "3000000");
}

std::string raw_exchange(const std::filesystem::path& socket, std::string_view bytes) {
    const auto peer = UnixSocket::make();
    EXPECT_TRUE(peer.connect(socket));
    peer.set_deadline(10);
    (void)peer.send_all(bytes);
    std::string answer;
    while (peer.receive(answer) > 0) continue;
    return answer;
}

TEST_F(ControlDoorTest, BadRequestsGetAProblem) {
    std::atomic<int> handled = 0;
    const auto door = must(open_control_door(socket_, [&handled](const ApiRequest&) {
        ++handled;
        return ApiReply{};
    }));
    for (const auto* bytes :
         {"nonsense\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /?a=1&a=2 HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n",
          "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 67108865\r\n\r\n"}) {
        const auto answer = raw_exchange(socket_, bytes);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << bytes << answer;
        EXPECT_NE(answer.find("application/problem+json"), std::string::npos);
    }
    EXPECT_EQ(handled, 0);
}

TEST_F(ControlDoorTest, AsksForABodyThatWaitsToBeAsked) {
    const auto door = must(open_control_door(socket_, [](const ApiRequest&) { return ApiReply{}; }));
    const auto peer = UnixSocket::make();
    ASSERT_TRUE(peer.connect(socket_));
    peer.set_deadline(10);
    ASSERT_TRUE(
        peer.send_all("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
    std::string answer;
    ASSERT_GT(peer.receive(answer), 0);
    EXPECT_EQ(answer, "HTTP/1.1 100 Continue\r\n\r\n");
    ASSERT_TRUE(peer.send_all("abc"));
    while (peer.receive(answer) > 0) continue;
    EXPECT_NE(answer.find("HTTP/1.1 200 OK"), std::string::npos);
}

TEST_F(ControlDoorTest, ReplacesAStaleSocketButNotALiveOne) {
    {
        const auto stale = UnixSocket::make();
        ASSERT_TRUE(stale.bind(socket_));
    }
    ASSERT_TRUE(std::filesystem::exists(socket_));
    const auto handler = [](const ApiRequest&) { return ApiReply{}; };
    const auto door = must(open_control_door(socket_, handler));
    EXPECT_EQ(open_control_door(socket_, handler).error().code, "P-7010");
    folder_.write("file", "text");
    EXPECT_EQ(open_control_door(folder_ / "file", handler).error().code, "P-7010");
    EXPECT_EQ(open_control_door(folder_ / "no" / "s", handler).error().code, "P-7010");
    EXPECT_EQ(open_control_door(folder_ / std::string(200, 'x'), handler).error().code, "P-7010");
    EXPECT_TRUE(call_control_door(socket_, {"GET", "/", {}, {}, {}, {}}));
}

TEST_F(ControlDoorTest, SaysThatNoServerAnswers) {
    EXPECT_EQ(call_control_door(socket_, {"GET", "/", {}, {}, {}, {}}).error().code, "P-7011");
    {
        const auto door = must(open_control_door(socket_, [](const ApiRequest&) { return ApiReply{}; }));
    }
    EXPECT_FALSE(std::filesystem::exists(socket_));
    EXPECT_EQ(call_control_door(socket_, {"GET", "/", {}, {}, {}, {}}).error().code, "P-7011");
}

}  // namespace
}  // namespace provost::test
