#include "door_fixture.h"
#include "net/response.h"

namespace provost::test {
namespace {

using Http = DoorTest;

TEST_F(Http, AnswersHaveTheSameHeadersInTheSameOrder) {
    open();
    Phone phone(port());
    const auto response = phone.ask(get());
    ASSERT_TRUE(response);
    EXPECT_EQ(
        response->wire(),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 23\r\nCache-Control: no-store\r\n"
        "Connection: keep-alive\r\nStrict-Transport-Security: max-age=31536000\r\n\r\nconfig of "
        "0015651122aa\n");
}

TEST_F(Http, HandsTheRequestOver) {
    open();
    Phone phone(port());
    ASSERT_TRUE(phone.ask(get("/a/b.cfg?mac=1&x=%20", "User-Agent: Phone 1.2\r\n")));
    ASSERT_TRUE(phone.ask(get("/", "User-Agent: " + std::string(600, 'u') + "\r\n")));
    const auto requests = deliver_.requests();
    EXPECT_EQ(requests.at(0).target, "/a/b.cfg?mac=1&x=%20");
    EXPECT_EQ(requests.at(0).user_agent, "Phone 1.2");
    EXPECT_EQ(requests.at(0).method, Method::get);
    EXPECT_EQ(requests.at(1).user_agent.size(), 512U);
}

TEST_F(Http, KeepsTheConnectionForOneDotOneOnly) {
    open();
    Phone modern(port());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(modern.ask(get()));
    EXPECT_EQ(door_->counters().accepted, 1U);
    const auto last = modern.ask(get("/", "Connection: close\r\n"));
    ASSERT_TRUE(last);
    EXPECT_TRUE(last->has("Connection: close"));
    EXPECT_TRUE(modern.ended());

    Phone old(port());
    const auto only = old.ask("GET / HTTP/1.0\r\n\r\n");
    ASSERT_TRUE(only);
    EXPECT_TRUE(only->has("Connection: close"));
    EXPECT_TRUE(old.ended());

    Phone asking(port());
    ASSERT_TRUE(asking.ask("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
    ASSERT_TRUE(asking.ask("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
}

TEST_F(Http, EndsTheConnectionAfterItsLastRequest) {
    settings_.limits.requests_per_connection = 2;
    open();
    Phone phone(port());
    EXPECT_TRUE(phone.ask(get())->has("Connection: keep-alive"));
    EXPECT_TRUE(phone.ask(get())->has("Connection: close"));
    EXPECT_TRUE(phone.ended());
}

TEST_F(Http, HeadHasTheHeadersOnly) {
    open();
    Phone phone(port());
    const auto whole = phone.ask(get());
    const auto head = phone.ask("HEAD /0015651122aa.cfg HTTP/1.1\r\nHost: x\r\n\r\n", true);
    ASSERT_TRUE(whole && head);
    EXPECT_EQ(head->head, whole->head);
    EXPECT_TRUE(phone.ask(get()));  // nothing of a body is in the way
}

TEST_F(Http, ManyRequestsAtOnceAreAnsweredInOrder) {
    deliver_.answer_with(
        [](const Evidence&, const DeviceRequest& request) { return text_reply(request.target); });
    open();
    Phone phone(port());
    ASSERT_TRUE(phone.send(get("/1") + get("/2") + get("/3") + "GET /4 HTTP/1.1\r\nHo"));
    for (const auto* path : {"/1", "/2", "/3"}) EXPECT_EQ(phone.receive()->body, path);
    EXPECT_EQ(phone.ask("st: x\r\n\r\n")->body, "/4");
}

TEST_F(Http, ARequestMayComeByteByByte) {
    open();
    Phone phone(port());
    for (const char c : get()) ASSERT_TRUE(phone.send({&c, 1}));
    EXPECT_EQ(phone.receive()->status, 200);
}

TEST_F(Http, UploadsAreTakenAndThrownAway) {
    deliver_.answer_with([](const Evidence&, const DeviceRequest& request) {
        return text_reply(request.method == Method::put ? "put" : "post");
    });
    open();
    Phone phone(port());
    const std::string log(200'000, 'l');
    ASSERT_TRUE(phone.send("PUT /log HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"));
    EXPECT_EQ(phone.ask(log)->body, "put");
    ASSERT_TRUE(phone.send("POST /log HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(phone.send("3e8;note=1\r\n" + log.substr(0, 1000) + "\r\n"));
    EXPECT_EQ(phone.ask("0\r\n\r\n")->body, "post");
    ASSERT_TRUE(
        phone.send("PUT /log HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
    EXPECT_EQ(phone.receive()->head, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(phone.ask("abc")->body, "put");
    EXPECT_EQ(phone.ask("PUT /log HTTP/1.1\r\nHost: x\r\n\r\n")->body, "put");  // without a body
    EXPECT_EQ(deliver_.requests().size(), 4U);
}

TEST_F(Http, AStrangersUploadIsNotInvited) {
    open();
    Phone stranger(port(), {nullptr, TLS1_3_VERSION, ""});
    const auto response =
        stranger.ask("PUT /log HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->wire(), refusal(false));
    EXPECT_EQ(deliver_.requests().size(), 1U);
}

TEST_F(Http, NotFoundByDesignIsAnOrdinaryAnswer) {
    deliver_.answer_with([](const Evidence&, const DeviceRequest&) { return text_reply("", 0, 404); });
    open();
    Phone phone(port());
    const auto response = phone.ask(get("/y000000000000.boot"));
    EXPECT_EQ(response->status, 404);
    EXPECT_TRUE(response->has("Connection: keep-alive"));
    EXPECT_TRUE(phone.ask(get()));
}

TEST_F(Http, LargeAnswersArriveWhole) {
    const std::string large(3'000'000, 'x');
    deliver_.answer_with([&](const Evidence&, const DeviceRequest&) { return text_reply(large); });
    open();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Phone phone(port(), {&LookAlikes::get().phone_ec, version, ""});
        EXPECT_EQ(phone.ask(get())->body, large);
    }
}

TEST_F(Http, TheAnswerMayComeFromAnotherThread) {
    deliver_.answer_later(std::chrono::milliseconds(50));
    open();
    std::vector<std::thread> phones;
    std::atomic<int> served = 0;
    for (int i = 0; i < 8; ++i)
        phones.emplace_back([&] {
            Phone phone(port());
            for (int j = 0; j < 3; ++j) served += phone.ask(get())->status == 200;
        });
    for (auto& phone : phones) phone.join();
    EXPECT_EQ(served, 24);
}

// Everything that is refused, from the certificate to the framing.
TEST_F(Http, R_C5_EveryRefusalHasTheSameBytes) {
    deliver_.answer_with([](const Evidence&, const DeviceRequest& request) {
        auto reply = text_reply("reason " + request.target, 0, 403);
        reply.content_type = "text/x-reason";
        return reply;
    });
    settings_.limits.upload_bytes = 100;
    open();
    const std::string foreign_name = "not a phone";
    const auto foreign = must(LookAlikes::get().root.issue(order_for(foreign_name)));
    std::vector<std::string> answers;
    for (const auto* identity :
         {&LookAlikes::get().phone_ec, &foreign, static_cast<const IssuedCertificate*>(nullptr)})
        for (const std::string& request :
             {get("/a"), get("/b", "Connection: close\r\n"), std::string("GET / HTTP/1.0\r\n\r\n"),
              std::string("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n"), std::string("nonsense\r\n\r\n"),
              std::string("GET / HTTP/1.1\r\n\r\n"), std::string("GET / HTTP/1.1\r\nHost: x\r\n bad\r\n\r\n"),
              std::string("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n"),
              get("/" + std::string(9000, 'a')), get("/", "A: b\r\n" + std::string(45'000, 'a'))}) {
            Phone phone(port(), {identity, TLS1_3_VERSION, ""});
            ASSERT_TRUE(phone.send(request));
            answers.push_back(phone.read_to_end());
        }
    for (const auto& answer : answers) EXPECT_EQ(answer, refusal(false));
    EXPECT_EQ(refusal(false),
              "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n"
              "Cache-Control: no-store\r\nConnection: close\r\nStrict-Transport-Security: "
              "max-age=31536000\r\n\r\nForbidden\n");
    Phone phone(port());
    EXPECT_EQ(phone.ask("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", true)->head, refusal(true));
    EXPECT_TRUE(refusal(false).starts_with(refusal(true)));
}

// A door that asks for passwords: the service says so, in as many challenges as it likes (RFC 9110
// section 11.6.1).
TEST_F(Http, R_A7_AChallengeHasALineForEachWayAndEndsTheConnection) {
    deliver_.answer_with([](const Evidence&, const DeviceRequest&) {
        auto reply = text_reply("Unauthorized\n", 0, 401);
        reply.refusal = true;
        reply.authenticate = {"Digest realm=\"r\"", "Basic realm=\"r\"", "Evil\r\nSet-Cookie: x"};
        return reply;
    });
    open();
    for (const auto* method : {"GET", "HEAD", "DELETE"}) {
        Phone phone(port());
        ASSERT_TRUE(phone.send(std::string(method) + " / HTTP/1.1\r\nHost: x\r\n\r\n"));
        EXPECT_EQ(phone.read_to_end(),
                  "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n"
                  "Cache-Control: no-store\r\nConnection: close\r\nStrict-Transport-Security: "
                  "max-age=31536000\r\nWWW-Authenticate: Digest realm=\"r\"\r\n"
                  "WWW-Authenticate: Basic realm=\"r\"\r\n\r\n" +
                      std::string(std::string(method) == "HEAD" ? "" : "Unauthorized\n"))
            << method;
    }
}

TEST_F(Http, R_A7_TheServiceGetsOneAuthorizationAsASecretAndTheNamesOfExtensions) {
    open();
    Phone phone(port());
    EXPECT_TRUE(
        phone.ask(get("/1", "Authorization: Basic abc\r\nX-Linphone-Provisioning: 1\r\nx-Two: 2\r\n")));
    EXPECT_TRUE(phone.ask(get("/2", "Authorization: Basic abc\r\nauthorization: Basic abc\r\n")));
    EXPECT_TRUE(phone.ask(get("/3")));
    const auto requests = deliver_.requests();
    ASSERT_EQ(requests.size(), 3U);
    ASSERT_TRUE(requests[0].authorization);
    EXPECT_TRUE(requests[0].authorization->same_as(Secret::copy_of("Basic abc")));
    EXPECT_EQ(requests[0].extra_fields, (std::vector<std::string>{"x-linphone-provisioning", "x-two"}));
    EXPECT_FALSE(requests[1].authorization) << "which of the two?";
    EXPECT_FALSE(requests[2].authorization);
    EXPECT_TRUE(requests[2].extra_fields.empty());
}

TEST_F(Http, R_C2_OtherMethodsAreRefusedWhateverTheServiceSays) {
    open();
    for (const auto* method : {"DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "get"}) {
        Phone phone(port());
        EXPECT_EQ(phone.ask(std::string(method) + " / HTTP/1.1\r\nHost: x\r\n\r\n")->wire(), refusal(false));
    }
}

}  // namespace
}  // namespace provost::test
