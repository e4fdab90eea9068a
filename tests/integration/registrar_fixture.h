// A house with a registrar in memory, and phones that come.
#pragma once

#include "service/registrar_drain.h"
#include "tests/integration/fake_registrar.h"
#include "tests/integration/house_fixture.h"

namespace provost::testing_house {

using namespace std::chrono_literals;

class RegistrarTest : public HouseTest {
 protected:
    void SetUp() override {
        HouseTest::SetUp();
        house->registrars =
            std::make_shared<RegistrarDirectory>(policies, std::vector<RegistrarScope>{{"sip", {}, {}}});
        connect();
    }
    void TearDown() override {
        drain.reset();
        HouseTest::TearDown();
    }
    // As after a restart: nothing is remembered but what the store has.
    void connect() {
        drain =
            std::make_unique<RegistrarDrain>(*house, "sip", "fake", std::make_unique<FakeRegistrar>(server));
    }
    Timestamp step() { return drain->step(clock.now()); }
    void pass(Duration time) {
        clock.advance(time);
        step();
    }

    // Fetches and takes the whole file, or breaks off.
    std::string fetch(int number, Transfer how = Transfer::complete) {
        PhoneService phones(*house, DoorTraits());
        const auto reply = visit(phones, proof(number), file_of(number));
        EXPECT_EQ(reply.status, 200);
        phones.transferred(reply.delivery, how);
        EXPECT_TRUE(store->apply([](Transaction&) -> Status { return {}; }));
        return std::string(reply.body.view());
    }
    void tick() {
        Housekeeper keeper(*house);
        EXPECT_TRUE(keeper.tick(clock.now(), {}));
    }
    [[nodiscard]] std::string digest(int number) const {
        const auto found = server.accounts.find({"u" + std::to_string(number), "sip.acme.example"});
        return found == server.accounts.end() ? "" : found->second;
    }
    static std::string ha1_of(int number, const std::string& file) {
        const auto at = file.find("account.1.password = ");
        EXPECT_NE(at, file.npos);
        const auto password = file.substr(at + 21, file.find('\n', at) - at - 21);
        return ha1_md5("u" + std::to_string(number), "sip.acme.example", Secret::copy_of(password));
    }
    std::size_t count(std::string_view kind) {
        EXPECT_TRUE(store->apply([](Transaction&) -> Status { return {}; }));
        EventFilter filter;
        filter.kind = kind;
        return store->last_events(filter, 100).value().size();
    }

    FakeServer server;
    std::unique_ptr<RegistrarDrain> drain;
};

}  // namespace provost::testing_house
