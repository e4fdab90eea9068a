// A key holder behind its socket: who may ask, how often, and what the server sees when it goes away.
#include "vault/holder_link.h"
#include "vault_test_folder.h"

#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace provost {
namespace {

using contract::SocketHolder;

const SecretBinding binding{7, MacAddress(0x001565112233), "line.1.password", 3};

class KeyHolderProcess : public KeyFolder {
 protected:
    void SetUp() override {
        make();
        ASSERT_TRUE(make_audit_keys(folder, "a test"));
    }
    [[nodiscard]] int raw_connection() const {
        const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, (folder / "holder.sock").c_str(), sizeof address.sun_path - 1);
        const timeval patience{5, 0};
        ::setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        EXPECT_EQ(::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        return made;
    }
    // All that comes back until the holder hangs up; "..." if it does not.
    [[nodiscard]] std::string told(const std::string& bytes) const {
        const int made = raw_connection();
        EXPECT_EQ(::send(made, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
        std::string heard;
        char piece[4096];
        ssize_t got = 0;
        while ((got = ::recv(made, piece, sizeof piece, 0)) > 0)
            heard.append(piece, static_cast<size_t>(got));
        ::close(made);
        return got == 0 || errno == ECONNRESET ? heard : "...";
    }
    static std::string code_of(const std::string& frame) {
        const auto reply =
            frame.size() < frame_head ? std::nullopt : read_reply(as_bytes(frame).subspan(frame_head));
        const auto* const error = reply ? std::get_if<Error>(&*reply) : nullptr;
        return error == nullptr ? frame : error->code;
    }
    static std::string frame(const HolderCall& call) {
        OutputBuffer out;
        EXPECT_TRUE(write_frame(call, out));
        return std::string(out.view());
    }
};

TEST_F(KeyHolderProcess, R_A11_R_B8_AwayIsAnErrorAndAnsweringAgainNeedsNoRestart) {
    auto process = std::make_unique<SocketHolder>(folder);
    const auto held = process->connect();
    const StoredSecret stored{binding, held.keys->seal(binding, Secret::copy_of("kept")).value()};
    process.reset();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(held.keys->open(stored).error().code, "P-5030");
        EXPECT_EQ(held.keys->seal(binding, Secret::copy_of("x")).error().code, "P-5030");
        EXPECT_EQ(held.keys->epochs().error().code, "P-5030");
        EXPECT_EQ(held.audit->mac(0, {}).error().code, "P-5030");
        EXPECT_EQ(held.audit->ratchet({1, {}}).error().code, "P-5030");
        EXPECT_EQ(held.audit->sign("x").error().code, "P-5030");
    }
    process = std::make_unique<SocketHolder>(folder);
    EXPECT_EQ(held.keys->open(stored)->expose(), "kept");
    EXPECT_TRUE(held.audit->mac(0, {}));
}

TEST_F(KeyHolderProcess, R_A11_NoHolderAtAllRefusesTheStart) {
    EXPECT_EQ(connect_key_holder(folder / "holder.sock", std::chrono::milliseconds(100)).error().code,
              "P-5030");
}

TEST_F(KeyHolderProcess, R_C7_KeysOfAnotherTrailAreRefused) {
    auto process = std::make_unique<SocketHolder>(folder);
    const auto held = process->connect();
    process.reset();
    ASSERT_TRUE(renew_audit_keys(folder, "behind the server's back"));
    process = std::make_unique<SocketHolder>(folder);
    EXPECT_EQ(held.audit->mac(0, {}).error().code, "P-5034");
}

TEST_F(KeyHolderProcess, R_C7_AHolderThatLostAStepIsFoundOut) {
    auto process = std::make_unique<SocketHolder>(folder);
    const auto held = process->connect();
    ASSERT_TRUE(held.audit->bind({0, {}}));
    const auto before = bytes_of(folder / "audit.keys");
    ASSERT_TRUE(held.audit->ratchet({1, {1}}));
    process.reset();
    overwrite(folder / "audit.keys", before);  // as if the step had never been written
    process = std::make_unique<SocketHolder>(folder);
    EXPECT_EQ(held.audit->mac(1, {}).error().code, "P-5031");
    EXPECT_EQ(held.audit->step(), 0) << "now it is known";
    EXPECT_TRUE(held.audit->mac(0, {}));
}

TEST_F(KeyHolderProcess, R_F2_DerivesNoFasterThanItsLimits) {
    OpenLimits limits;
    limits.derives = {0.001, 3};
    const SocketHolder process(folder, limits);
    const auto held = process.connect();
    const Bytes salt(16, 7);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(held.keys->derive("totp", salt)) << i;
    EXPECT_EQ(held.keys->derive("totp", salt).error().code, "P-5033");
    const StoredSecret stored{binding, held.keys->seal(binding, Secret::copy_of("x")).value()};
    EXPECT_TRUE(held.keys->open(stored)) << "phones are counted apart";
}

TEST_F(KeyHolderProcess, R_B8_OpensNoFasterThanItsLimits) {
    OpenLimits limits;
    limits.all = {0.001, 5};
    limits.logins = {0.001, 2};
    const SocketHolder process(folder, limits);
    const auto held = process.connect();
    const StoredSecret stored{binding, held.keys->seal(binding, Secret::copy_of("x")).value()};
    auto login = binding;
    login.purpose = "access.3.sha256";
    const StoredSecret verifier{login, held.keys->seal(login, Secret::copy_of("x")).value()};
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(held.keys->open(stored)) << i;
    EXPECT_EQ(held.keys->open(stored).error().code, "P-5033");
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(held.keys->open(verifier)) << "logins have a limit of their own";
    EXPECT_EQ(held.keys->open(verifier).error().code, "P-5033");
    EXPECT_TRUE(held.keys->rewrap(binding, stored.sealed)) << "which gives nothing away";
    EXPECT_TRUE(held.keys->seal(binding, Secret::copy_of("y")));
}

TEST(OpenBrakeTest, R_B8_HoldsATenantToItsOwnLimitAndTellsOfBulk) {
    OpenLimits limits;
    limits.tenant = {1, 10};
    limits.alarm_per_minute = 12;
    OpenBrake brake(limits);
    const auto now = at(0);
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(brake.admit(OpenBrake::Kind::delivery, 1, now));
    EXPECT_FALSE(brake.admit(OpenBrake::Kind::delivery, 1, now));
    EXPECT_EQ(brake.alarm(), std::nullopt);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(brake.admit(OpenBrake::Kind::delivery, 2, now));
    EXPECT_EQ(brake.alarm(), 13U);
    EXPECT_EQ(brake.alarm(), std::nullopt) << "once a minute";
    EXPECT_TRUE(brake.admit(OpenBrake::Kind::delivery, 1, at(1)));
    EXPECT_EQ(brake.refused(), 1U);
    EXPECT_EQ(brake.admitted(), 14U);
}

TEST_F(KeyHolderProcess, R_B8_HangsUpOnWhatIsNoMessage) {
    const SocketHolder process(folder);
    EXPECT_EQ(told(std::string(4, '\0')), "") << "no length";
    EXPECT_EQ(told(std::string(4, '\xff') + "GET / HTTP/1.1\r\n\r\n"), "") << "too long";
    EXPECT_EQ(code_of(told(std::string("\1\0\0\0\xc8", 5))), "P-5032") << "no such call";
    EXPECT_EQ(code_of(told(frame(EpochsCall()))), "P-5032") << "no greeting";
    EXPECT_EQ(code_of(told(frame(HelloCall{99}))), "P-5032") << "another version";
    EXPECT_EQ(told(frame(HelloCall()) + frame(EpochsCall())), "") << "more than a message at once";
    EXPECT_TRUE(process.connect().keys->epochs()) << "and serves others still";
}

TEST_F(KeyHolderProcess, R_B8_AMessageInPiecesIsOneMessage) {
    const SocketHolder process(folder);
    const int made = raw_connection();
    for (const char byte : frame(HelloCall())) {
        ASSERT_EQ(::send(made, &byte, 1, MSG_NOSIGNAL), 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    char piece[4096];
    EXPECT_GT(::recv(made, piece, sizeof piece, 0), 4);
    ::close(made);
}

// Runs as root only: nobody else can become another user.
TEST_F(KeyHolderProcess, R_B8_HangsUpOnOtherUsers) {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    const SocketHolder process(folder);
    ASSERT_EQ(::chmod(folder.c_str(), 0711), 0);
    ASSERT_EQ(::chmod((folder / "holder.sock").c_str(), 0666), 0) << "as if its mode were wrong";
    const pid_t child = ::fork();
    if (child == 0) {
        if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(9);
        const auto held = connect_key_holder(folder / "holder.sock", std::chrono::milliseconds(1));
        ::_exit(!held && held.error().code == "P-5030" ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    ::chmod(folder.c_str(), 0700);
}

TEST_F(KeyHolderProcess, R_B8_TheSocketIsTheOwnersAloneFromItsFirstMoment) {
    const SocketHolder process(folder);
    EXPECT_EQ(std::filesystem::status(folder / "holder.sock").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace provost
