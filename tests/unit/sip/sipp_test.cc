// SIPp, an independent program, as a phone that challenges a NOTIFY and verifies what it is answered (R-F3).
#include "crypto/digest.h"
#include "sip/notify_sender.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace provost {
namespace {

namespace fs = std::filesystem;

std::string answer(const std::string& attributes, const std::string& status, const std::string& more = "") {
    return "<send" + attributes + "><![CDATA[\nSIP/2.0 " + status +
           "\n[last_Via:]\n[last_From:]\n[last_To:];tag=phone[call_number]\n[last_Call-ID:]\n[last_CSeq:]\n" +
           more + "Content-Length: 0\n\n]]></send>\n";
}

std::string scenario(const std::string& password) {
    return R"(<?xml version="1.0"?><scenario name="phone"><recv request="NOTIFY"/>)" +
           answer("", "401 Unauthorized",
                  "WWW-Authenticate: Digest realm=\"h.example\", nonce=\"0a4f\", qop=\"auth\", "
                  "algorithm=MD5\n") +
           R"(<recv request="NOTIFY"><action>
<ereg regexp="^ *check-sync;reboot=false *$" search_in="hdr" header="Event:" check_it="true" assign_to="1"/>
<log message="[$1]"/><verifyauth assign_to="valid" username="a4711" password=")" +
           password + R"("/></action></recv><nop hide="true" test="valid" next="1"/>)" +
           answer(" next=\"2\"", "403 Forbidden") + "<label id=\"1\"/>\n" + answer("", "200 OK") +
           "<label id=\"2\"/></scenario>\n";
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    (void)::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    (void)::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

class Sipp : public testing::TestWithParam<bool> {
 protected:
    void SetUp() override {
        if (!fs::exists("/usr/bin/sipp")) GTEST_SKIP() << "SIPp is not installed";
        folder = fs::temp_directory_path() / ("provost-sipp." + std::to_string(::getpid()));
        fs::create_directories(folder);
        std::ofstream(folder / "phone.xml") << scenario("secret");
        port = std::to_string(free_port());
        std::vector<std::string> words{
            "sipp",     "-sf", (folder / "phone.xml").string(), "-i", "127.0.0.1", "-p",
            port,       "-t",  GetParam() ? "t1" : "u1",        "-m", "1",         "-nostdin",
            "-timeout", "20"};
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        ASSERT_EQ(::posix_spawn(&process, "/usr/bin/sipp", &actions, nullptr, arguments.data(), environ), 0);
        posix_spawn_file_actions_destroy(&actions);
    }
    void TearDown() override {
        if (process > 0 && !ended) ::kill(process, SIGKILL), ::waitpid(process, nullptr, 0);
        fs::remove_all(folder);
    }
    // Until it listens, a datagram comes back as refused.
    NotifyOutcome tell(const Secret& password) const {
        auto settings = std::make_shared<SipSettings>();
        settings->timers.answer_within = std::chrono::seconds(5);
        const auto uri = "sip:4711@127.0.0.1:" + port + (GetParam() ? ";transport=tcp" : "");
        const NotifyOrder order{uri, "sip:4711@h.example",      "sip:provost@h.example",
                                uri, "check-sync;reboot=false", "",
                                "",  {"a4711", "h.example"}};
        NotifyOutcome outcome;
        for (int i = 0; i < 100; ++i) {
            outcome = make_notify_sender(settings)->notify(
                order, [&](const RegistrarAccount& account) -> Result<std::optional<Secret>> {
                    return Secret::copy_of(ha1_md5(account.user, account.realm, password));
                });
            if (!outcome.trouble || outcome.trouble->code == "P-8305") break;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return outcome;
    }
    int verdict() {
        int status = -1;
        ::waitpid(process, &status, 0);
        ended = true;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    fs::path folder;
    std::string port;
    pid_t process = -1;
    bool ended = false;
};
INSTANTIATE_TEST_SUITE_P(Sip, Sipp, testing::Bool());

TEST_P(Sipp, R_F3_verifies_the_answer_to_its_challenge) {
    const auto outcome = tell(Secret::copy_of("secret"));
    EXPECT_EQ(outcome.status, 200) << (outcome.trouble ? outcome.trouble->text() : "");
    EXPECT_TRUE(outcome.answered);
    EXPECT_EQ(verdict(), 0);
}

TEST_P(Sipp, R_F3_refuses_another_password_s) {
    EXPECT_EQ(tell(Secret::copy_of("another")).status, 403);
    EXPECT_EQ(verdict(), 0);
}

}  // namespace
}  // namespace provost
