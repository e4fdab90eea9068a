// The audit trail's keys in their files: only forward, never made anew in silence.
#include "vault/audit_key_file.h"

#include "vault/audit_start_file.h"
#include "vault_test_folder.h"

namespace provost {
namespace {

class AuditKeyFile : public KeyFolder {
 protected:
    void SetUp() override {
        make();
        const auto made = make_audit_keys(folder, "a test");
        ASSERT_TRUE(made) << made.error().text();
    }
    std::string refusal_of_audit() {
        const auto opened = open_audit_keys(folder);
        if (opened) return "";
        EXPECT_FALSE(opened.error().fix.empty()) << opened.error().text();
        return opened.error().code;
    }
    static AuditTail tail(std::int64_t seq) {
        AuditLink link{};
        link[0] = static_cast<std::uint8_t>(seq);
        return {seq, link};
    }
};

TEST_F(AuditKeyFile, R_C7_StartFileAndKeysBelongTogether) {
    const auto start = read_audit_start(folder / "audit.start").value();
    ASSERT_TRUE(start.start);
    const auto open = read_audit_start(folder / "audit.pub").value();
    EXPECT_FALSE(open.start);
    EXPECT_EQ(open.id, start.id);
    const auto keys = open_audit_keys(folder).value();
    EXPECT_EQ(keys->id(), start.id);
    EXPECT_EQ(keys->reason(), "a test");
    EXPECT_FALSE(keys->bound());
    EXPECT_EQ(keys->mac(0, tail(1).link).value(), audit_mac(start.start->view(), tail(1).link));
    EXPECT_TRUE(is_signed_by(start.public_key, "text", keys->sign("text").value()));
}

class AuditKeysHeld : public HeldKeysTest {
 protected:
    static AuditTail tail(std::int64_t seq) { return {seq, {static_cast<std::uint8_t>(seq)}}; }
};
INSTANTIATE_TEST_SUITE_P(Keys, AuditKeysHeld, both_ways, reach_name);

TEST_P(AuditKeysHeld, R_C7_TheRatchetOutlivesARestartAndAgreesWithTheVerifier) {
    auto start = read_audit_start(folder / "audit.start").value();
    auto key = *start.start;
    EXPECT_EQ(audit->id(), start.id);
    EXPECT_EQ(audit->reason(), "a test");
    EXPECT_FALSE(audit->bound());
    ASSERT_TRUE(audit->bind(tail(0)));
    EXPECT_TRUE(audit->bound());
    for (int step = 1; step <= 4; ++step) {
        ASSERT_TRUE(audit->ratchet(tail(step)));
        ratchet(key.view(), tail(step).link, key.bytes());
        hold_anew();
        EXPECT_EQ(audit->step(), step);
        EXPECT_EQ(audit->base(), tail(step));
        EXPECT_EQ(audit->mac(step, tail(9).link).value(), audit_mac(key.view(), tail(9).link));
        EXPECT_EQ(audit->mac(step + 1, tail(9).link).error().code, "P-5031");
    }
    ASSERT_TRUE(audit->ratchet(tail(4)));
    EXPECT_EQ(audit->step(), 4) << "nothing was written since";
    EXPECT_TRUE(is_signed_by(start.public_key, "text", audit->sign("text").value()));
}

// Neither block of the file opens to the old key once a step was taken.
TEST_F(AuditKeyFile, R_C7_TheOldKeyIsGoneFromTheFile) {
    const auto before = bytes_of(folder / "audit.keys");
    {
        const auto keys = open_audit_keys(folder).value();
        ASSERT_TRUE(keys->bind(tail(0)));
        ASSERT_TRUE(keys->ratchet(tail(1)));
    }
    const auto after = bytes_of(folder / "audit.keys");
    ASSERT_EQ(after.size(), before.size());
    for (const std::size_t block : {0, 1})
        EXPECT_NE(after.substr(block * 4096, 512), before.substr(block * 4096, 512));
    for (const std::size_t whole : {0, 1}) {  // what a cut write leaves: one block alone
        auto half = after;
        half.replace((1 - whole) * 4096, 4096, std::string(4096, '\0'));
        overwrite(folder / "audit.keys", half);
        EXPECT_EQ(open_audit_keys(folder).value()->step(), 1);
    }
}

TEST_F(AuditKeyFile, R_C7_AStepCutInTheMiddleIsTheOldOrTheNewOne) {
    const auto old = bytes_of(folder / "audit.keys");
    {
        const auto keys = open_audit_keys(folder).value();
        ASSERT_TRUE(keys->bind(tail(0)));
        ASSERT_TRUE(keys->ratchet(tail(1)));
    }
    const auto now = bytes_of(folder / "audit.keys");
    overwrite(folder / "audit.keys", now.substr(0, 4096) + old.substr(4096));
    EXPECT_EQ(open_audit_keys(folder).value()->step(), 1);
    const auto tidied = bytes_of(folder / "audit.keys");
    EXPECT_NE(tidied.substr(4096), old.substr(4096)) << "the old key did not stay";
}

TEST_F(AuditKeyFile, R_A11_R_C7_AbsentDamagedOrForeignKeysAreRefusedAndNeverMadeAnew) {
    const auto whole = bytes_of(folder / "audit.keys");
    overwrite(folder / "audit.keys", whole.substr(0, 4096));
    EXPECT_EQ(refusal_of_audit(), "P-5022");
    overwrite(folder / "audit.keys", std::string(whole.size(), 'x'));
    EXPECT_EQ(refusal_of_audit(), "P-5023");
    std::filesystem::remove(folder / "audit.keys");
    EXPECT_EQ(refusal_of_audit(), "P-5022");
    EXPECT_EQ(make_audit_keys(folder, "again").error().code, "P-5020");
    overwrite(folder / "audit.keys", whole);
    ::chmod((folder / "audit.keys").c_str(), 0600);
    EXPECT_EQ(refusal_of_audit(), "");
    ::chmod((folder / "audit.keys").c_str(), 0640);
    EXPECT_EQ(refusal_of_audit(), "P-5006");
    ::chmod((folder / "audit.keys").c_str(), 0600);
    overwrite(folder / "audit.sign", "short");
    EXPECT_EQ(refusal_of_audit(), "P-5022");
}

TEST_F(AuditKeyFile, R_C7_RenewedKeysAreOthersAndTheOldStartFileIsKept) {
    const auto before = read_audit_start(folder / "audit.start").value();
    {
        const auto keys = open_audit_keys(folder).value();
        EXPECT_EQ(renew_audit_keys(folder, "too early").error().code, "P-5012");
    }
    ASSERT_TRUE(renew_audit_keys(folder, "restored a backup"));
    const auto keys = open_audit_keys(folder).value();
    EXPECT_NE(keys->id(), before.id);
    EXPECT_EQ(keys->reason(), "restored a backup");
    EXPECT_EQ(read_audit_start(folder / "audit.start.1").value().id, before.id);
}

TEST_F(AuditKeyFile, AStartFileOfOtherPartsIsRefused) {
    auto text = bytes_of(folder / "audit.start");
    const auto at = text.find("start_key ") + 12;
    text[at] = text[at] == '0' ? '1' : '0';
    overwrite(folder / "spoiled", text);
    EXPECT_EQ(read_audit_start(folder / "spoiled").error().code, "P-5024");
    overwrite(folder / "spoiled", "hello\n");
    EXPECT_EQ(read_audit_start(folder / "spoiled").error().code, "P-5024");
    EXPECT_EQ(read_audit_start(folder / "absent").error().code, "P-5024");
}

}  // namespace
}  // namespace provost
