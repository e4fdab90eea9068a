#include "net/admin_door.h"

#include "door_fixture.h"

#include <filesystem>
#include <future>

namespace provost::test {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view security_lines[] = {
    "Strict-Transport-Security: max-age=31536000; includeSubDomains", "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer", "Cross-Origin-Opener-Policy: same-origin",
    "Cross-Origin-Resource-Policy: same-origin"};

std::string ask_for(const std::string& path, const std::string& more = {}, const std::string& method = "GET",
                    const std::string& body = {}) {
    std::string request = method + " " + path + " HTTP/1.1\r\nHost: admin.example\r\n" + more;
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return request + "\r\n" + body;
}

class AdminDoorTest : public ::testing::Test {
 protected:
    AdminDoorTest() {
        settings_.port = 0;
        settings_.names = {"admin.example"};
        settings_.web_hint = "no interface here";
        settings_.identities = {folder_.write("ec", LookAlikes::get().server_ec),
                                folder_.write("rsa", LookAlikes::get().server_rsa)};
    }
    void open() {
        AdminHandlers handlers{
            [this](const ApiRequest& request, const std::string& peer) { return handle(request, peer); },
            [this](const std::string& body) { reported_ = body; }};
        door_ = must(open_admin_door(settings_));
        door_->serve(std::move(handlers));
    }
    void put_interface() {
        std::filesystem::create_directories(folder_ / "web/assets");
        folder_.write("web/index.html", "<script nonce=\"__NONCE__\" src=/assets/a.js></script>");
        folder_.write("web/assets/a.js", "1");
        folder_.write("web/assets/a.js.gz", "zipped");
        settings_.web = folder_ / "web";
    }
    ApiReply handle(const ApiRequest& request, const std::string& peer) {
        ApiReply reply;
        if (request.path.ends_with("/strangers")) {
            reply.status = 401;
            reply.body = "sign in";
            return reply;
        }
        if (request.path == "/v1/throw") throw std::runtime_error("canary");
        if (request.path == "/v1/slow") std::this_thread::sleep_for(300ms);
        if (request.path == "/v1/hold") held_.wait();
        if (request.path == "/v1/events/stream") {
            reply.content_type = "text/event-stream";
            reply.body = "retry: 1\n\n";
            reply.follow = [this]() -> std::optional<std::string> {
                const int turn = ++turns_;
                if (turn > events_) return std::nullopt;
                return "data: " + std::to_string(turn) + "\n\n";
            };
            return reply;
        }
        reply.headers["X-Seen"] = request.method + " " + peer;
        reply.headers["Strict-Transport-Security"] = "max-age=0";
        reply.body = request.path + " " + std::to_string(request.body.size());
        if (const auto found = request.query.find("a"); found != request.query.end())
            reply.body += " a=" + found->second;
        return reply;
    }
    [[nodiscard]] std::uint16_t port() const { return door_->port(); }
    // What one connection of its own gets.
    std::optional<Response> ask(const std::string& request, bool to_head = false) {
        return Phone(port(), {nullptr, TLS1_3_VERSION, ""}).ask(request, to_head);
    }

    Folder folder_;
    AdminDoorSettings settings_;
    std::atomic<int> turns_ = 0;
    int events_ = 3;
    std::promise<void> release_;
    std::shared_future<void> held_ = release_.get_future().share();
    std::string reported_;
    std::unique_ptr<AdminDoor> door_;
};

TEST_F(AdminDoorTest, R_F6_ServesTheRestInterfaceToWhoHasNoCertificate) {
    open();
    Phone browser(port(), {nullptr, TLS1_2_VERSION, ""});
    ASSERT_TRUE(browser.connected());
    const auto first = browser.ask(ask_for("/v1/devices?a=b%20c"));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->status, 200);
    EXPECT_EQ(first->body, "/v1/devices 0 a=b c");
    EXPECT_TRUE(first->has("X-Seen: GET 127.0.0.1"));
    EXPECT_TRUE(first->has("Connection: keep-alive"));
    const auto second = browser.ask(ask_for("/v1/x", {}, "POST", "hello"));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->body, "/v1/x 5");
    EXPECT_EQ(door_->counters().door.handshakes, 1U);
    EXPECT_EQ(door_->counters().door.requests, 2U);
}

// A browser would ask every other server on the machine by HTTPS alone.
TEST_F(AdminDoorTest, R_F6_LocalhostIsNotTiedToHttps) {
    settings_.names = {"admin.example", "localhost"};
    open();
    const auto ask_at = [&](const std::string& host) {
        return ask("GET /v1/devices HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    };
    for (const auto* const host : {"localhost", "localhost:8444", "LocalHost"}) {
        const auto response = ask_at(host);
        ASSERT_TRUE(response) << host;
        EXPECT_EQ(response->status, 200) << host;
        EXPECT_EQ(response->head.find("Strict-Transport-Security"), std::string::npos) << host;
        EXPECT_TRUE(response->has("X-Content-Type-Options: nosniff")) << host;
    }
    const auto other = ask_at("admin.example:8444");
    ASSERT_TRUE(other);
    EXPECT_TRUE(other->has("Strict-Transport-Security: max-age=31536000; includeSubDomains"));
}

TEST_F(AdminDoorTest, R_F6_EveryAnswerTellsTheBrowserItsRules) {
    put_interface();
    open();
    const std::pair<std::string, int> asked[] = {
        {ask_for("/v1/devices"), 200},
        {ask_for("/devices"), 200},
        {ask_for("/assets/a.js"), 200},
        {ask_for("/assets/gone.js"), 404},
        {ask_for("/.env"), 404},
        {ask_for("/devices", {}, "POST", "a"), 405},
        {ask_for("/v1/devices", {}, "TRACE"), 405},
        {ask_for("/v1/devices", {}, "OPTIONS"), 405},
        {ask_for("/v1/throw"), 500},
        {ask_for("/v1/%zz"), 400},
        {"GET /v1/x HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
        {"GET /v1/x HTTP/1.0\r\n\r\n", 421},
        {"GET\r\n\r\n", 400},
        {ask_for("/v1/x", "Cookie: a=b\r\nCookie: c=d\r\n"), 400},
        {ask_for("/v1/x", "Content-Length: 1048577\r\n", "POST"), 413}};
    for (const auto& [request, status] : asked) {
        const auto response = ask(request);
        ASSERT_TRUE(response) << request;
        EXPECT_EQ(response->status, status) << request;
        for (const auto line : security_lines) EXPECT_TRUE(response->has(std::string(line))) << request;
        EXPECT_NE(response->head.find("\r\nContent-Security-Policy: default-src 'none'"), std::string::npos);
        EXPECT_EQ(response->wire().find("canary"), std::string::npos);
        EXPECT_EQ(response->head.find("\r\nServer:"), std::string::npos);
    }
    EXPECT_EQ(door_->counters().wrong_hosts, 2U);
}

TEST_F(AdminDoorTest, R_F6_TheInterfaceAndItsNonce) {
    put_interface();
    open();
    const auto page = ask(ask_for("/devices/0015651122aa"));
    const auto again = ask(ask_for("/"));
    ASSERT_TRUE(page && again);
    const auto nonce = page->body.substr(15, 24);
    EXPECT_EQ(page->body, "<script nonce=\"" + nonce + "\" src=/assets/a.js></script>");
    EXPECT_NE(page->head.find("style-src 'self' 'nonce-" + nonce + "'"), std::string::npos);
    EXPECT_NE(again->body, page->body);
    EXPECT_TRUE(page->has("Cache-Control: no-store"));
    const auto script = ask(ask_for("/assets/a.js", "Accept-Encoding: gzip, br\r\n"));
    ASSERT_TRUE(script);
    EXPECT_EQ(script->body, "zipped");
    EXPECT_TRUE(script->has("Content-Encoding: gzip"));
    EXPECT_TRUE(script->has("Vary: Accept-Encoding"));
    EXPECT_TRUE(script->has("Cache-Control: public, max-age=31536000, immutable"));
    const auto head = ask(ask_for("/assets/a.js", {}, "HEAD"), true);
    ASSERT_TRUE(head);
    EXPECT_TRUE(head->has("Content-Length: 1"));
    const auto hint = ask(ask_for("/v1/y", {}, "HEAD"), true);
    ASSERT_TRUE(hint);
    EXPECT_TRUE(hint->has("X-Seen: GET 127.0.0.1"));
}

TEST_F(AdminDoorTest, WithoutAnInterfaceAPageSaysWhereItIs) {
    open();
    const auto page = ask(ask_for("/devices"));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->body, "no interface here\n");
    EXPECT_TRUE(page->has("Content-Type: text/plain; charset=utf-8"));
}

TEST_F(AdminDoorTest, SecurityTxtIsServedWhereThereIsOne) {
    settings_.security_contact = "Contact: mailto:security@example.net\n";
    open();
    const auto contact = ask(ask_for("/.well-known/security.txt"));
    ASSERT_TRUE(contact);
    EXPECT_EQ(contact->body, settings_.security_contact);
}

TEST_F(AdminDoorTest, R_C2_SmuggledRequestsAreAnsweredOnceAndClosed) {
    open();
    for (const std::string framing :
         {"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 3\r\nContent-Length: 4\r\n",
          "Transfer-Encoding: identity\r\n", "Transfer-Encoding: chunked, chunked\r\n",
          "Content-Length: +3\r\n", "Content-Length : 3\r\n", " Folded: 1\r\n", "Host: other\r\n"}) {
        Phone client(port(), {nullptr, TLS1_3_VERSION, ""});
        client.send(ask_for("/v1/a", framing, "POST") + "abc" + ask_for("/v1/smuggled"));
        const auto said = client.read_to_end();
        EXPECT_TRUE(said.starts_with("HTTP/1.1 400 ")) << framing << said;
        EXPECT_EQ(said.find("smuggled"), std::string::npos) << framing;
        EXPECT_EQ(said.find("HTTP/1.1", 1), std::string::npos) << framing;
    }
}

TEST_F(AdminDoorTest, PipelinedRequestsAreAnsweredInOrder) {
    open();
    Phone client(port(), {nullptr, TLS1_3_VERSION, ""});
    client.send(ask_for("/v1/slow") + ask_for("/v1/b", {}, "PUT", "xyz") +
                ask_for("/v1/c", "Connection: close\r\n"));
    const auto said = client.read_to_end();
    const auto a = said.find("/v1/slow 0"), b = said.find("/v1/b 3"), c = said.find("/v1/c 0");
    EXPECT_TRUE(a < b && b < c && c != std::string::npos) << said;
}

TEST_F(AdminDoorTest, BodiesHaveLimitsAlsoInChunks) {
    open();
    const std::string chunk = "10000\r\n" + std::string(0x10000, 'a') + "\r\n";
    const auto upload = [&](const std::string& path, int chunks) {
        Phone client(port(), {nullptr, TLS1_3_VERSION, ""});
        client.send(ask_for(path, "Transfer-Encoding: chunked\r\n", "POST"));
        for (int i = 0; i < chunks; ++i) client.send(chunk);
        client.send("0\r\n\r\n");
        const auto response = client.receive();
        return response ? response->status : 0;
    };
    EXPECT_EQ(upload("/v1/devices", 16), 200);
    EXPECT_EQ(upload("/v1/devices", 17), 413);
    EXPECT_EQ(upload("/v1/imports", 40), 200);
    EXPECT_EQ(upload("/v1/imports/strangers", 0), 401);
    EXPECT_EQ(upload("/csp-report", 1), 413);
    const auto waits = ask(ask_for("/v1/devices", "Expect: 100-continue\r\n", "POST", "abc"));
    ASSERT_TRUE(waits);
    EXPECT_EQ(waits->status, 200);
}

// 64 KiB are read of anybody. Of more, the head alone decides.
TEST_F(AdminDoorTest, OfStrangersLittleIsRead) {
    open();
    for (const auto* const frame : {"Content-Length: 65537\r\n", "Transfer-Encoding: chunked\r\n"}) {
        Phone stranger(port(), {nullptr, TLS1_3_VERSION, ""});
        stranger.send(ask_for("/v1/devices/strangers", frame, "POST"));
        const auto said = stranger.receive();
        ASSERT_TRUE(said) << frame;
        EXPECT_EQ(said->status, 401) << frame;
        EXPECT_TRUE(said->has("Connection: close")) << frame;
    }
    const auto known = ask(ask_for("/v1/devices", {}, "POST", std::string(65'537, 'x')));
    ASSERT_TRUE(known);
    EXPECT_EQ(known->body, "/v1/devices 65537");
    const auto sign_in = ask(ask_for("/v1/session/password", "Content-Length: 65537\r\n", "POST"));
    ASSERT_TRUE(sign_in);
    EXPECT_EQ(sign_in->status, 413);
}

TEST_F(AdminDoorTest, OfStrangersNothingLargeIsRead) {
    open();
    Phone stranger(port(), {nullptr, TLS1_3_VERSION, ""});
    stranger.send(
        ask_for("/v1/imports/strangers", "Expect: 100-continue\r\nContent-Length: 50000000\r\n", "POST"));
    const auto said = stranger.receive();
    ASSERT_TRUE(said);
    EXPECT_EQ(said->status, 401);
    EXPECT_TRUE(said->has("Connection: close"));
    for (int i = 0; i < 10; ++i) {  // the few places for large bodies are given back
        Phone friendly(port(), {nullptr, TLS1_3_VERSION, ""});
        friendly.send(ask_for("/v1/imports", "Expect: 100-continue\r\nContent-Length: 50000000\r\n", "POST"));
        const auto goes_on = friendly.receive(true);
        ASSERT_TRUE(goes_on);
        EXPECT_EQ(goes_on->status, 100);
        friendly.reset();
    }
}

TEST_F(AdminDoorTest, ReportsOfBrowsersArePassedOn) {
    open();
    const auto said = ask(ask_for("/csp-report", "Content-Type: application/csp-report\r\n", "POST", "{}"));
    ASSERT_TRUE(said);
    EXPECT_EQ(said->status, 204);
    EXPECT_TRUE(eventually([&] { return door_->counters().reports == 1; }));
    EXPECT_EQ(ask(ask_for("/csp-report"))->status, 405);
}

TEST_F(AdminDoorTest, EventsGoOutAsTheyComeUntilTheirEnd) {
    open();
    Phone client(port(), {nullptr, TLS1_3_VERSION, ""});
    client.send(ask_for("/v1/events/stream"));
    const auto said = client.read_to_end();
    EXPECT_NE(said.find("Content-Type: text/event-stream"), std::string::npos) << said;
    EXPECT_NE(said.find("Transfer-Encoding: chunked"), std::string::npos);
    EXPECT_EQ(said.find("Content-Length"), std::string::npos);
    EXPECT_TRUE(
        said.ends_with("\r\n\r\na\r\nretry: 1\n\n\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n9\r\n"
                       "data: 3\n\n\r\n0\r\n\r\n"))
        << said;
}

TEST_F(AdminDoorTest, WhoWatchesHoldsNoWorkerAndHasAPlaceOfFew) {
    settings_.streams = 2;
    settings_.workers = 1;
    events_ = 1'000'000;
    open();
    std::vector<std::unique_ptr<Phone>> watchers;
    for (int i = 0; i < 2; ++i) {
        watchers.push_back(std::make_unique<Phone>(port(), PhoneKind{nullptr, TLS1_3_VERSION, ""}));
        watchers.back()->send(ask_for("/v1/events/stream"));
    }
    ASSERT_TRUE(eventually([&] { return door_->counters().streams == 2; }));
    const auto third = ask(ask_for("/v1/events/stream"));
    ASSERT_TRUE(third);
    EXPECT_EQ(third->status, 503);
    EXPECT_TRUE(third->has("Retry-After: 1"));
    EXPECT_EQ(ask(ask_for("/v1/x"))->status, 200);
    watchers.pop_back();
    EXPECT_TRUE(eventually([&] { return door_->counters().streams == 1; }));
    EXPECT_TRUE(eventually([&] { return door_->counters().door.open <= 2; }));
}

TEST_F(AdminDoorTest, WhenAllWorkersAreBusyOthersAreToldSo) {
    settings_.workers = 1;
    settings_.waiting = 1;
    open();
    Phone held(port(), {nullptr, TLS1_3_VERSION, ""}), waiting(port(), {nullptr, TLS1_3_VERSION, ""});
    held.send(ask_for("/v1/hold"));
    ASSERT_TRUE(eventually([&] { return door_->counters().door.requests == 1; }));
    std::this_thread::sleep_for(50ms);
    waiting.send(ask_for("/v1/x"));
    ASSERT_TRUE(eventually([&] { return door_->counters().waiting == 1; }));
    const auto refused = ask(ask_for("/v1/x"));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 503);
    EXPECT_EQ(door_->counters().busy, 1U);
    EXPECT_EQ(ask(ask_for("/devices"))->status, 200);  // what asks nobody is served all the while
    release_.set_value();
    EXPECT_EQ(held.receive()->status, 200);
    EXPECT_EQ(waiting.receive()->status, 200);
}

TEST_F(AdminDoorTest, R_C4_SlowClientsAreCutOff) {
    settings_.limits.handshake_seconds = settings_.limits.header_seconds = settings_.limits.body_seconds = 1;
    settings_.limits.idle_seconds = 1;
    open();
    Phone head(port(), {nullptr, TLS1_3_VERSION, ""}), body(port(), {nullptr, TLS1_3_VERSION, ""}),
        idle(port(), {nullptr, TLS1_3_VERSION, ""});
    head.send("GET /v1/x HTTP/1.1\r\nHost: ad");
    body.send(ask_for("/v1/x", "Content-Length: 10\r\n", "POST") + "abc");
    ASSERT_TRUE(idle.ask(ask_for("/v1/x")));
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(head.ended());
    EXPECT_TRUE(body.ended());
    EXPECT_TRUE(idle.ended());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 8s);
}

TEST_F(AdminDoorTest, R_C4_OneAddressHasSoManyConnections) {
    settings_.limits.connections_per_address = 3;
    open();
    std::vector<std::unique_ptr<Phone>> held;
    for (int i = 0; i < 3; ++i)
        held.push_back(std::make_unique<Phone>(port(), PhoneKind{nullptr, TLS1_3_VERSION, ""}));
    EXPECT_FALSE(Phone(port(), {nullptr, TLS1_3_VERSION, ""}).connected());
    EXPECT_TRUE(held.front()->ask(ask_for("/v1/x")));
    EXPECT_EQ(door_->counters().door.shed, 1U);
}

TEST_F(AdminDoorTest, R_C4_OneAddressHasSoManyHandshakes) {
    settings_.limits.connections_per_address = 1'000;
    open();
    for (int i = 0; i < 290; ++i) (void)plain_exchange(port(), "GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(door_->counters().door.shed, 0U);
    for (int i = 0; i < 200; ++i) (void)plain_exchange(port(), "GET / HTTP/1.1\r\n\r\n");
    EXPECT_GT(door_->counters().door.shed, 0U);
    EXPECT_EQ(door_->counters().door.accepted, 490U);
}

TEST_F(AdminDoorTest, R_C1_PlainHttpGetsNoAnswerAndNoRedirect) {
    open();
    EXPECT_EQ(plain_exchange(port(), ask_for("/")).find("HTTP/"), std::string::npos);
}

TEST_F(AdminDoorTest, EndsWhileItIsAtWork) {
    events_ = 1'000'000;
    open();
    Phone watcher(port(), {nullptr, TLS1_3_VERSION, ""}), slow(port(), {nullptr, TLS1_3_VERSION, ""});
    watcher.send(ask_for("/v1/events/stream"));
    slow.send(ask_for("/v1/slow"));
    ASSERT_TRUE(eventually([&] { return door_->counters().streams == 1; }));
    door_.reset();
    EXPECT_FALSE(watcher.read_to_end().empty());
}

}  // namespace
}  // namespace provost::test
