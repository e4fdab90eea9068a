// The gate over a real house, and browsers that come to it.
#pragma once

#include "api/gate.h"
#include "crypto/totp.h"
#include "house_fixture.h"
#include "service/people/people.h"
#include "tests/contract/soft_authenticator.h"

#include <boost/json.hpp>

namespace provost::testing_house {

namespace json = boost::json;
using contract::SoftAuthenticator;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline constexpr const char* origin = "https://admin.example.net:8443";
inline constexpr const char* good_password = "seven horses drink tea";

// Keeps cookies as a browser does and speaks as the server's own page.
class Browser {
 public:
    Browser(AdminGate& gate, std::string from) : gate_(&gate), address(std::move(from)) {}

    ApiReply send(const std::string& method, const std::string& path, const json::value& body = nullptr) {
        WebRequest request;
        request.peer = address;
        request.request.method = method;
        request.request.path = path;
        auto& headers = request.request.headers;
        headers["user-agent"] = "a browser of the tests";
        headers["sec-fetch-site"] = "same-origin";
        if (method != "GET") headers["origin"] = origin;
        if (!csrf.empty()) headers["x-provost-csrf"] = csrf;
        std::string jar;
        for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
        if (!jar.empty()) headers["cookie"] = jar;
        if (!body.is_null()) {
            request.request.body = json::serialize(body);
            headers["content-type"] = "application/json";
        }
        for (const auto& [name, value] : more) {
            headers.erase(name);
            if (!value.empty()) headers[name] = value;
        }
        auto reply = gate_->handle(request);
        keep(reply);
        said += request.request.body;
        return reply;
    }
    int status(const std::string& method, const std::string& path, const json::value& body = nullptr) {
        return send(method, path, body).status;
    }
    json::object ask(const std::string& method, const std::string& path, const json::value& body = nullptr) {
        const auto reply = send(method, path, body);
        const auto value = json::parse(reply.body);
        return value.is_object() ? value.as_object() : json::object();
    }
    std::string code(const std::string& method, const std::string& path, const json::value& body = nullptr) {
        const auto object = ask(method, path, body);
        const auto* const code = object.if_contains("code");
        return code == nullptr ? "" : std::string(code->as_string());
    }

    std::map<std::string, std::string> cookies;
    std::map<std::string, std::string> more;  // headers of the next requests; empty: left out
    std::string csrf;
    std::string said, heard;  // everything that went either way, cookies too
    std::string set_cookies;

 private:
    void keep(const ApiReply& reply) {
        set_cookies.clear();
        for (const auto& [name, value] : reply.headers) {
            if (name != "Set-Cookie" && name != "set-cookie") continue;
            set_cookies += value + "\n";
            const auto equals = value.find('='), end = value.find(';');
            const auto content = value.substr(equals + 1, end - equals - 1);
            if (value.find("Max-Age=0;") != value.npos)
                cookies.erase(value.substr(0, equals));
            else
                cookies[value.substr(0, equals)] = content;
            heard += content + "\n";
        }
        heard += reply.body;
        boost::system::error_code error;
        const auto value = json::parse(reply.body, error);
        if (!error && value.is_object())
            if (const auto* const token = value.as_object().if_contains("csrf"))
                csrf = std::string(token->as_string());
    }

    AdminGate* gate_;

 public:
    std::string address;
};

class GateTest : public HouseTest {
 protected:
    void SetUp() override {
        HouseTest::SetUp();
        open_gate();
    }
    void TearDown() override {
        gate.reset();
        HouseTest::TearDown();
    }
    void open_gate() {
        AdminGateSettings settings;
        settings.origin = origin;
        settings.rp_id = "admin.example.net";
        gate = AdminGate::open(*house, settings, [this](const ApiRequest& request) {
                   passed = request;
                   ApiReply reply;
                   reply.body = "{}";
                   reply.follow = stream;
                   return reply;
               }).value();
    }
    Browser browser(const std::string& address = "192.0.2.10") { return {*gate, address}; }

    // A person with password and TOTP, as it comes out of its one-time login.
    Browser enrol(const LoginLink& link) {
        auto one = browser();
        one.send("POST", "/v1/session/one-time", {{"token", link.path.substr(link.path.find('=') + 1)}});
        EXPECT_EQ(one.status("PUT", "/v1/me/password", {{"password", good_password}}), 200);
        totp[link.login] = std::string(one.ask("POST", "/v1/me/totp").at("secret").as_string());
        const auto reply = one.send("POST", "/v1/me/totp/confirm", {{"code", code(link.login)}});
        EXPECT_EQ(reply.status, 200) << reply.body;
        return one;
    }
    Browser admin() { return enrol(first_login(*house).value().value()); }
    LoginLink add_person(const std::string& login, const std::string& role, const std::string& tenant) {
        Actor root;
        root.name = "unix:root";
        root.role = Role::platform;
        root.tenant = std::nullopt;
        return People(*house).create({login, "", role, tenant, ""}, root).value().link;
    }
    PersonId id_of(const std::string& login) { return store->people().person_by_login(login).value()->id; }

    // The code that an app shows now; a fresh step each time, as they work once.
    std::string code(const std::string& login) {
        clock.advance(seconds(30));
        return code_now(login);
    }
    std::string code_now(const std::string& login) {
        return totp_code(key_of(totp.at(login)), totp_step(clock.now()));
    }
    static Secret key_of(const std::string& text) {
        std::string key;
        unsigned waiting = 0;
        int bits = 0;
        for (const char c : text) {
            waiting = (waiting << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26)) & 0xffffU;
            if ((bits += 5) >= 8) key += static_cast<char>(waiting >> (bits -= 8));
        }
        return Secret::copy_of(key);
    }
    Browser sign_in(const std::string& login, const std::string& address = "192.0.2.10") {
        auto one = browser(address);
        sign_in(one, login);
        return one;
    }
    void sign_in(Browser& one, const std::string& login) {
        const auto half =
            one.ask("POST", "/v1/session/password", {{"login", login}, {"password", good_password}});
        ASSERT_TRUE(half.contains("next")) << json::serialize(half);
        const auto reply = one.send("POST", "/v1/session/totp", {{"code", code(login)}});
        ASSERT_EQ(reply.status, 200) << reply.body;
    }

    static std::string b64(ByteView bytes) { return to_base64url(bytes); }
    json::object registration(Browser& one, SoftAuthenticator& key) {
        const auto asked = one.ask("POST", "/v1/me/passkeys/begin");
        const auto challenge = std::string(asked.at("publicKey").at("challenge").as_string());
        const auto client = SoftAuthenticator::client_json("webauthn.create", challenge, origin);
        return {{"name", "a key"},
                {"id", b64(key.credential)},
                {"clientDataJSON", b64(as_bytes(client))},
                {"attestationObject", b64(SoftAuthenticator::attestation(key.registration_data()))}};
    }
    json::object assertion(Browser& one, SoftAuthenticator& key) {
        const auto asked = one.ask("POST", "/v1/session/passkey/begin", json::object());
        const auto challenge = std::string(asked.at("publicKey").at("challenge").as_string());
        return assertion_for(challenge, key);
    }
    static json::object assertion_for(const std::string& challenge, SoftAuthenticator& key) {
        const auto client = SoftAuthenticator::client_json("webauthn.get", challenge, origin);
        const auto data = key.authenticator_data(0x05);
        return {{"id", b64(key.credential)},
                {"clientDataJSON", b64(as_bytes(client))},
                {"authenticatorData", b64(data)},
                {"signature", b64(key.sign(data, sha256(client)))}};
    }

    // Events of a kind, once what was to be written later is.
    std::vector<Event> events(const std::string& kind) {
        (void)store->apply([](Transaction&) { return Status(); });
        EventFilter filter;
        filter.kind = kind;
        return store->last_events(filter, 1000).value();
    }

    std::unique_ptr<AdminGate> gate;
    ApiRequest passed;  // what went through last
    decltype(ApiReply::follow) stream;
    std::map<std::string, std::string> totp;
};

}  // namespace provost::testing_house
