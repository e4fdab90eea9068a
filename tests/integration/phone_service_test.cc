// Deliveries at once, over the real store: one first delivery, one key, durable before it is answered.
#include "crypto/md5_crypt.h"
#include "house_fixture.h"

#include <future>

namespace provost {
namespace {

using testing_house::HouseTest;

class PhoneServiceTest : public HouseTest {
 protected:
    static DeviceRequest get(const std::string& target) {
        DeviceRequest request;
        request.method = Method::get;
        request.target = target;
        request.source = "127.0.0.1";
        return request;
    }
    // An armed device of that vendor, with one line.
    MacAddress add_armed_of(const std::string& vendor, const std::string& mac) {
        Devices::Draft draft;
        draft.mac = mac;
        draft.tenant = "acme";
        draft.vendor = vendor;
        draft.settings = {{"line.1.user", "u1"}};
        DeviceService devices(*house);
        const auto created = devices.create(draft, "test");
        EXPECT_TRUE(created) << created.error().text();
        const auto added = MacAddress::parse(mac).value();
        EXPECT_TRUE(devices.arm(added, {}, "test"));
        return added;
    }
    static std::shared_ptr<const Evidence> proof_of(const std::string& vendor, MacAddress mac) {
        auto evidence = std::make_shared<Evidence>(*proof(1, 1));
        evidence->vendor = vendor;
        evidence->mac = mac;
        return evidence;
    }
};

TEST_F(PhoneServiceTest, TwoKeysAtOnceGetOneFirstDelivery) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    const auto path = "/" + mac_of(1).lower() + ".cfg";
    std::promise<DeviceReply> first, second;
    phones.handle(proof(1, 1), get(path), [&](DeviceReply reply) { first.set_value(std::move(reply)); });
    phones.handle(proof(1, 2), get(path), [&](DeviceReply reply) { second.set_value(std::move(reply)); });
    const int a = first.get_future().get().status, b = second.get_future().get().status;
    EXPECT_EQ(a + b, 200 + 403) << "R-A10: the second key is another phone";
    EXPECT_EQ(store->deliveries(mac_of(1), 10).value().size(), 1U);
}

TEST_F(PhoneServiceTest, R_B1_TheRecordIsThereBeforeTheAnswer) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    phones.handle(proof(1, 1), get("/" + mac_of(1).lower() + ".cfg"), [&](DeviceReply reply) {
        EXPECT_EQ(reply.status, 200);
        const auto records = store->deliveries(mac_of(1), 10).value();
        ASSERT_EQ(records.size(), 1U);
        EXPECT_EQ(records[0].id, reply.delivery);
        EXPECT_EQ(records[0].transfer, Transfer::begun);
    });
    store->apply([](Transaction&) -> Status { return {}; });
}

TEST_F(PhoneServiceTest, R_B5_APhoneThatTakesTheDigestNeverGetsThePassword) {
    const auto mac = add_armed_of("linphone", "020000000001");
    const auto evidence = proof_of("linphone", mac);
    PhoneService phones(*house, DoorTraits());
    const auto reply = visit(phones, evidence, "/020000000001.xml");
    ASSERT_EQ(reply.status, 200);
    const auto outbox = store->outbox(false, {}).value();
    ASSERT_EQ(outbox.size(), 1U);
    EXPECT_NE(reply.body.view().find(outbox[0].ha1_md5), std::string_view::npos) << "what the registrar has";
    const auto stored = store->secrets(mac).value();
    for (const auto& sealed : stored) {
        const auto opened = keys->open(sealed).value();
        EXPECT_EQ(reply.body.view().find(opened.expose()), std::string_view::npos) << sealed.binding.purpose;
    }
}

TEST_F(PhoneServiceTest, R_B5_APhoneThatTakesAHashNeverGetsThePassword) {
    const auto mac = add_armed_of("audiocodes", "00908f5a0001");
    const auto evidence = proof_of("audiocodes", mac);
    PhoneService phones(*house, DoorTraits());
    const auto reply = visit(phones, evidence, "/00908F5A0001.cfg");
    ASSERT_EQ(reply.status, 200);
    const std::string file(reply.body.view());
    const std::string name = "system/password=";
    const auto at = file.find(name);
    ASSERT_NE(at, file.npos) << "R-D6: no factory password stays";
    const auto hash = file.substr(at + name.size(), file.find('\n', at) - at - name.size());
    ASSERT_TRUE(is_md5_crypt(hash)) << hash;
    const auto stored = store->secrets(mac).value();
    for (const auto& sealed : stored) {
        const auto opened = keys->open(sealed).value();
        if (sealed.binding.purpose.starts_with("security."))
            EXPECT_EQ(file.find(opened.expose()), file.npos) << sealed.binding.purpose;
        if (sealed.binding.purpose == "security.admin_password")
            EXPECT_EQ(md5_crypt(opened, hash.substr(3, 8)), hash) << "the one that was drawn for it";
    }
    EXPECT_EQ(std::string(visit(phones, evidence, "/00908F5A0001.cfg").body.view()), file)
        << "the same file again";
}

TEST_F(PhoneServiceTest, R_G3_APreviewIsReadableWhateverThePhoneReads) {
    Devices::Draft draft;
    draft.mac = "020000000001";
    draft.tenant = "acme";
    draft.vendor = "microsip";
    draft.settings = {{"line.1.user", "u1"}, {"line.1.display_name", "T\xc3\xbcr"}};
    DeviceService devices(*house);
    ASSERT_TRUE(devices.create(draft, "test"));
    const auto preview = devices.preview(MacAddress::parse(draft.mac).value(), true);
    ASSERT_TRUE(preview) << preview.error().text();
    EXPECT_TRUE(preview->text.starts_with("[Settings]\r\n")) << preview->text;
    EXPECT_NE(preview->text.find("displayName=T\xc3\xbcr\r\n"), std::string::npos);
    EXPECT_NE(preview->text.find("password=********\r\n"), std::string::npos);
}

TEST_F(PhoneServiceTest, R_B1_SecretsGoWhenTheGraceIsOver) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    Housekeeper keeper(*house);
    const auto reply = visit(phones, proof(1, 1), "/" + mac_of(1).lower() + ".cfg");
    EXPECT_NE(reply.body.view().find("account.1.password"), std::string_view::npos);
    phones.transferred(reply.delivery, Transfer::complete);
    store->apply([](Transaction&) -> Status { return {}; });
    EXPECT_EQ(device(1).state, DeviceState::grace);
    clock.advance(std::chrono::hours(1));
    ASSERT_TRUE(keeper.tick(clock.now(), {}));
    EXPECT_EQ(device(1).state, DeviceState::provisioned);
    EXPECT_EQ(secrets(1), 0U);
    const auto later = visit(phones, proof(1, 1), "/" + mac_of(1).lower() + ".cfg");
    EXPECT_EQ(later.status, 200);
    EXPECT_EQ(later.body.view().find("account.1.password"), std::string_view::npos);
}

// Else the CA of one vendor could make another vendor's phones look like clones of themselves.
TEST_F(PhoneServiceTest, R_A4_WhoseCaMayNotVouchIsNoSightingOfTheDevice) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    const auto path = "/" + mac_of(1).lower() + ".cfg";
    auto forged = std::make_shared<Evidence>(*proof(1, 1));
    forged->prefix_allowed = false;
    forged->fault = Rule::vendor_prefix_mismatch;
    EXPECT_EQ(visit(phones, forged, path).status, 403);
    // Writes wait for the events before them.
    ASSERT_TRUE(store->apply([](Transaction&) -> Status { return {}; }));
    EXPECT_EQ(device(1).last_seen, std::nullopt);
    EXPECT_EQ(visit(phones, proof(1, 1), path).status, 200);
}

TEST_F(PhoneServiceTest, RefusalsAreOneAndTheSame) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    Evidence stranger;
    stranger.fault = Rule::no_certificate;
    const auto none = visit(phones, std::make_shared<Evidence>(stranger), "/x");
    const auto another = visit(phones, proof(1, 1), "/" + mac_of(2).lower() + ".cfg");
    const auto unknown = visit(phones, proof(9, 1), "/" + mac_of(9).lower() + ".cfg");
    for (const auto* reply : {&none, &another, &unknown}) {
        EXPECT_EQ(reply->status, 403);
        EXPECT_EQ(reply->body.view(), refusal_body);
        EXPECT_EQ(reply->content_type, none.content_type);
    }
}

}  // namespace
}  // namespace provost
