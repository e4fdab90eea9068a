// Devices without a certificate, over the real store and vault, at a door that takes tokens and passwords
// (R-A7).
#pragma once

#include "crypto/base_text.h"
#include "house_fixture.h"
#include "service/token_path.h"

#include <future>
#include <regex>

namespace provost::testing_house {

using namespace std::chrono_literals;

struct UserAndPassword {
    std::string user, password;
};

class AccessTest : public HouseTest {
 protected:
    void SetUp() override {
        HouseTest::SetUp();
        door.name = "fallback";
        door.access = {true, true, true, true};
        door.url = "https://fallback.example:8444/";
        policies.set_doors({DoorTraits{}, door});
        ASSERT_TRUE(policies.refresh(*store, house->hardening));
        set_policy({{"fallback", "digest,basic,token"},
                    {"fallback_networks", "192.0.2.0/24"},
                    {"minimum_rating", "3"}});
        phones = std::make_unique<PhoneService>(*house, door);
        main = std::make_unique<PhoneService>(*house, DoorTraits{});
    }
    void TearDown() override {
        (void)store->apply([](Transaction&) { return Status(); });
        phones.reset();
        main.reset();
        HouseTest::TearDown();
    }
    void set_policy(const RawSettings& policy) {
        Tenants::Draft draft;
        draft.policy = policy;
        const auto changed = TenantService(*house).change("acme", draft, std::nullopt, "test");
        ASSERT_TRUE(changed) << changed.error().text();
    }
    MacAddress add(int number, const std::string& access, const std::string& mode = "purge",
                   bool armed = true) {
        Devices::Draft draft;
        draft.mac = mac_of(number).lower();
        draft.tenant = "acme";
        draft.access = access;
        draft.secret_mode = mode;
        draft.settings = {{"line.1.user", "u" + std::to_string(number)}};
        const auto made = devices().create(draft, "test");
        EXPECT_TRUE(made) << made.error().text();
        if (armed) arm(number);
        return mac_of(number);
    }
    void arm(int number) {
        const auto done = devices().arm(mac_of(number), {}, "test");
        EXPECT_TRUE(done) << done.error().text();
    }
    DeviceService devices() { return DeviceService(*house); }
    std::string token(int number, const Devices::TokenDraft& draft = {}) {
        const auto made = devices().make_token(mac_of(number), draft, "test");
        EXPECT_TRUE(made) << made.error().text();
        if (!made) return "";
        EXPECT_TRUE(made->url.starts_with(door.url + "t/"));
        return made->url.substr(door.url.size() - 1);
    }

    DeviceRequest request(const std::string& target) {
        DeviceRequest get;
        get.method = Method::get;
        get.target = target;
        get.source = source;
        return get;
    }
    DeviceReply ask(PhoneService& service, DeviceRequest what) {
        Evidence none;
        none.fault = certificate;
        std::promise<DeviceReply> promise;
        service.handle(std::make_shared<const Evidence>(none), std::move(what),
                       [&](DeviceReply reply) { promise.set_value(std::move(reply)); });
        return promise.get_future().get();
    }
    DeviceReply get(const std::string& target) { return ask(*phones, request(target)); }
    DeviceReply get_with(const std::string& target, const std::string& authorization) {
        auto what = request(target);
        what.authorization = std::make_shared<const Secret>(Secret::copy_of(authorization));
        return ask(*phones, std::move(what));
    }
    DeviceReply by_basic(const std::string& target, const UserAndPassword& login) {
        return get_with(target, "Basic " + to_base64(as_bytes(login.user + ":" + login.password)));
    }
    static std::string nonce_of(const DeviceReply& challenge) {
        std::smatch found;
        if (challenge.authenticate.empty()) return "";
        EXPECT_TRUE(std::regex_search(challenge.authenticate[0], found, std::regex("nonce=\"([^\"]+)\"")));
        return found[1];
    }
    static std::string answer(const UserAndPassword& login, const std::string& nonce,
                              const std::string& target, DigestAlgorithm algorithm = DigestAlgorithm::sha256,
                              const std::string& nc = "00000001") {
        const auto password = Secret::copy_of(login.password);
        const bool md5 = algorithm == DigestAlgorithm::md5;
        const auto ha1 = Secret::copy_of(md5 ? ha1_md5(login.user, access_realm, password)
                                             : ha1_sha256(login.user, access_realm, password));
        return "Digest username=\"" + login.user + "\", realm=\"provisioning\", nonce=\"" + nonce +
               "\", uri=\"" + target + "\", algorithm=" + (md5 ? "MD5" : "SHA-256") +
               ", cnonce=\"c\", nc=" + nc + ", qop=auth, response=\"" +
               digest_response({algorithm, "GET", target, nonce, nc, "c"}, ha1) + "\"";
    }
    DeviceReply by_digest(const std::string& target, const UserAndPassword& login,
                          DigestAlgorithm algorithm = DigestAlgorithm::sha256) {
        return get_with(target, answer(login, nonce_of(get(target)), target, algorithm));
    }

    // The whole file was taken, or not.
    void end(const DeviceReply& reply, Transfer how) {
        EXPECT_NE(reply.delivery, 0);
        phones->transferred(reply.delivery, how);
        ASSERT_TRUE(store->apply([](Transaction&) { return Status(); }));
    }
    void finish_grace(int number) {
        clock.advance(2h);
        Housekeeper keeper(*house);
        ASSERT_TRUE(keeper.tick(clock.now(), {}));
        EXPECT_EQ(device(number).state, DeviceState::provisioned);
    }
    static std::string parameter(const DeviceReply& reply, const std::string& name) {
        std::smatch found;
        const std::string body(reply.body.view());
        return std::regex_search(body, found, std::regex("(?:^|\n)" + name + " = ([^\n]*)\n"))
                   ? found[1].str()
                   : "";
    }
    static UserAndPassword login_in(const DeviceReply& reply) {
        return {parameter(reply, "static\\.auto_provision\\.server\\.username"),
                parameter(reply, "static\\.auto_provision\\.server\\.password")};
    }
    static bool has_password(const DeviceReply& reply) {
        return !parameter(reply, "account\\.1\\.password").empty();
    }
    std::string last_rule() {
        EXPECT_TRUE(store->apply([](Transaction&) { return Status(); }));
        std::this_thread::sleep_for(150ms);
        return store->last_events({}, 1).value().at(0).rule;
    }
    static std::string file(int number) { return mac_of(number).lower() + ".cfg"; }

    DoorTraits door;
    std::string source = "192.0.2.7";
    Rule certificate = Rule::no_certificate;
    std::unique_ptr<PhoneService> phones, main;
};

}  // namespace provost::testing_house
