// Phones without a certificate: from an address that is good once to the login and the address they are told.
#include "sim/files.h"
#include "sim/http_auth.h"
#include "sim/names.h"
#include "sim/run.h"
#include "sim_testing.h"
#include "toy_listener.h"

#include <algorithm>
#include <mutex>

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr const char* password = "k7Wq9ZpXfR3tYv2mNb8sHd4gJc6eLa5u";
constexpr const char* login_password = "Login9ZpXfR3tYv2mNb8s";

constexpr const char* digest_both =
    "WWW-Authenticate: Digest realm=\"provisioning\", qop=\"auth\", algorithm=SHA-256, nonce=\"n1\"\r\n"
    "WWW-Authenticate: Digest realm=\"provisioning\", qop=\"auth\", algorithm=MD5, nonce=\"n2\"";
constexpr const char* basic_only = "WWW-Authenticate: Basic realm=\"provisioning\"";

// A server of one phone: its first file by the token, which is then spent; later ones by login.
class OnePhoneServer {
 public:
    OnePhoneServer(const std::filesystem::path& pki, const PhoneMaker& maker, std::string challenges)
        : maker_(maker),
          challenges_(std::move(challenges)),
          listener_(pki, [this](const ToyRequest& request) { return answer(request); }) {}

    [[nodiscard]] std::string url() const { return listener_.url() + "/"; }
    [[nodiscard]] std::string token_url() const { return url() + "t/TOKEN/"; }
    std::vector<std::string> take_log() {
        const std::lock_guard lock(mutex_);
        return std::move(log_);
    }
    [[nodiscard]] std::string scheme() const { return scheme_; }
    void require_header(std::string name) { required_header_ = std::move(name); }
    void empty_files_for_all() { empty_for_all_ = true; }

 private:
    ToyReply answer(const ToyRequest& request) {
        const std::lock_guard lock(mutex_);
        ToyReply reply = judge(request);
        log_.push_back(request.path + " " + std::to_string(reply.status));
        return reply;
    }

    ToyReply judge(const ToyRequest& request) {
        if (!required_header_.empty() && request.header(required_header_).empty()) return {};
        const bool by_token = request.path.starts_with("t/TOKEN/");
        const std::string file = by_token ? request.path.substr(8) : request.path;
        const auto step = std::find_if(maker_.spec.boot.begin(), maker_.spec.boot.end(),
                                       [&](const Step& one) { return expand(one.path, names()) == file; });
        if (step == maker_.spec.boot.end()) return {};
        if (by_token && spent_) return {};
        if (!by_token && !is_logged_in(request)) return {.status = 401, .body = "", .headers = {challenges_}};
        if (!step->required && empty_for_all_) return {.status = 200, .body = ""};
        if (!step->required) return {.status = 404, .body = ""};
        spent_ = spent_ || by_token;
        return {.status = 200, .body = as_file(maker_, content(by_token))};
    }

    [[nodiscard]] Names names() const {
        return {.mac = MacAddress(std::uint64_t{maker_.mac_prefix} << 24 | 1),
                .model = maker_.spec.model,
                .firmware = maker_.spec.firmware};
    }

    [[nodiscard]] Values content(bool with_password) const {
        Values values = account_values(maker_, with_password ? password : "");
        const LoginNames& names = maker_.spec.login;
        if (!names.user.empty()) values[names.user.front()] = "device-user";
        if (!names.password.empty()) values[names.password.front()] = login_password;
        if (!names.url.empty()) values[names.url.front()] = url() + "file-name";
        if (names.parts.https) values[names.parts.https->name] = names.parts.https->value;
        if (!names.parts.address.empty())
            values[names.parts.address] =
                url().substr(8, url().size() - 9);  // no scheme, no slash at the end
        return values;
    }

    // By the same arithmetic as the phone's, which is held against the RFC's examples elsewhere.
    bool is_logged_in(const ToyRequest& request) {
        const std::string shown = request.header("Authorization");
        static const RE2 cnonce("cnonce=\"([^\"]*)\"");
        std::string client;
        RE2::PartialMatch(shown, cnonce, &client);
        std::string lines;
        for (std::string_view rest = challenges_; !rest.empty();) {
            const auto end = std::min(rest.find("\r\n"), rest.size());
            lines += "www-authenticate: " + std::string(rest.substr(18, end - 18)) + "\n";
            rest.remove_prefix(std::min(end + 2, rest.size()));
        }
        const std::string uri = "/prov/" + request.path;
        for (const Challenge& challenge : read_challenges(lines)) {
            if (authorize(challenge, {"device-user", login_password}, {request.method, uri}, client) != shown)
                continue;
            scheme_ = challenge.scheme == LoginScheme::basic ? "basic" : challenge.algorithm;
            return true;
        }
        return false;
    }

    const PhoneMaker& maker_;
    std::string challenges_, required_header_, scheme_;
    std::mutex mutex_;
    bool spent_ = false, empty_for_all_ = false;
    std::vector<std::string> log_;
    ToyListener listener_;
};

class AccessRun : public ::testing::Test {
 protected:
    // A phone of the vendor, and a server for it.
    OnePhoneServer& open(const std::string& vendor, const char* challenges = digest_both) {
        maker_ = &maker(vendor);
        PkiOrder order;
        order.folder = folder_.path();
        order.makers = std::span(maker_, 1);
        order.phones = 1;
        order.now = SystemClock().now();
        if (const Status made = make_pki(order, {}); !made) throw std::runtime_error(made.error().text());
        mac_ = MacAddress(std::uint64_t{maker_->mac_prefix} << 24 | 1);
        server_ = std::make_unique<OnePhoneServer>(folder_.path(), *maker_, challenges);
        return *server_;
    }
    PhoneOutcome boot(const std::string& address, int boots = 1, bool factory_reset = false) {
        RunOrder order;
        order.url = server_->url();
        order.pki = folder_.path();
        order.makers = {*maker_};
        order.boots = boots;
        order.factory_reset = factory_reset;
        if (!address.empty()) order.addresses[mac_] = address;
        order.deadline = std::chrono::seconds(20);
        return must(run_boots(order, {})).phones.front();
    }

    [[nodiscard]] std::string address_with_login() const {
        return server_->url().insert(8, std::string("device-user:") + login_password + "@");
    }

    Folder folder_;
    const PhoneMaker* maker_ = nullptr;
    MacAddress mac_;
    std::unique_ptr<OnePhoneServer> server_;
};

TEST_F(AccessRun, R_A7_FromTheTokenToTheLoginThatTheFileBrought) {
    OnePhoneServer& server = open("ale");
    const PhoneOutcome first = boot(server.token_url());
    EXPECT_TRUE(first.with_secret);
    EXPECT_EQ(first.accounts.size(), 1U) << (first.oddities.empty() ? "" : first.oddities.front());
    EXPECT_EQ(server.take_log(),
              (std::vector<std::string>{"t/TOKEN/config.xml 404", "t/TOKEN/config.M3.xml 404",
                                        "t/TOKEN/config.3c28a6000001.xml 200"}));
    const PhoneOutcome later = boot(server.token_url());
    EXPECT_FALSE(later.with_secret);
    EXPECT_EQ(later.accounts.size(), 1U) << "what the file omitted is kept";
    EXPECT_EQ(server.take_log(),
              (std::vector<std::string>{"config.xml 401", "config.xml 404", "config.M3.xml 401",
                                        "config.M3.xml 404", "config.3c28a6000001.xml 401",
                                        "config.3c28a6000001.xml 200"}));
    EXPECT_EQ(server.scheme(), "MD5") << "all that is known of these phones";
}

TEST_F(AccessRun, R_A7_AfterAFactoryResetThePhoneIsBackAtItsFirstAddressWhichIsSpent) {
    OnePhoneServer& server = open("ale");
    boot(server.token_url(), 2);
    const PhoneOutcome lost = boot(server.token_url(), 1, true);
    EXPECT_EQ(lost.own.status, 403);
    EXPECT_TRUE(lost.accounts.empty());
}

// This phone's login stands in its address.
TEST_F(AccessRun, R_A7_APhoneThatSpeaksBasicAlone) {
    open("panasonic", basic_only);
    EXPECT_EQ(boot(address_with_login()).own.status, 200);
    EXPECT_EQ(server_->scheme(), "basic");
}

TEST_F(AccessRun, R_A7_APhoneThatIsAskedForWhatItDoesNotSpeakStaysOutside) {
    open("panasonic", digest_both);
    const PhoneOutcome outside = boot(address_with_login());
    EXPECT_EQ(outside.own.status, 401);
    EXPECT_FALSE(outside.oddities.empty());
}

TEST_F(AccessRun, R_A7_APhoneThatIsToldNoLoginGoesOnWithWhatItHas) {
    OnePhoneServer& server = open("panasonic", basic_only);
    EXPECT_EQ(maker_->spec.access(), "token");
    boot(server.token_url());
    const PhoneOutcome later = boot(server.token_url());
    EXPECT_EQ(later.own.status, 401);
    EXPECT_EQ(later.accounts.size(), 1U);
}

// As it is typed, the phone's own mark for its MAC included.
TEST_F(AccessRun, R_A7_AMarkForTheMacInAnAddressIsThePhonesOwn) {
    OnePhoneServer& server = open("panasonic", basic_only);
    EXPECT_EQ(boot(server.token_url() + "Config{mac}.cfg").accounts.size(), 1U);
    EXPECT_EQ(server.take_log().back(), "t/TOKEN/Config" + mac_.lower() + ".cfg 200");
}

// Host and path alone: the scheme is chosen beside it.
TEST_F(AccessRun, R_A7_AnAddressWithoutItsSchemeAndSlash) {
    OnePhoneServer& server = open("grandstream-wave");
    EXPECT_EQ(maker_->spec.access(), "digest");
    const std::string url = server.token_url();
    EXPECT_EQ(boot(url.substr(8, url.size() - 9)).accounts.size(), 1U);
    EXPECT_EQ(boot(url.substr(8, url.size() - 9)).own.status, 200) << "by its login, where it was told to";
    EXPECT_EQ(server.scheme(), "MD5");
}

TEST_F(AccessRun, R_A7_ALoginMayStandInTheAddress) {
    OnePhoneServer& server = open("ale");
    EXPECT_EQ(boot(address_with_login()).own.status, 200);
    EXPECT_EQ(server.take_log().back(), "config.3c28a6000001.xml 200");
}

TEST_F(AccessRun, R_A7_AnAddressThatNamesAFileIsAskedForThatFile) {
    OnePhoneServer& server = open("linphone");
    server.require_header("X-Linphone-Provisioning");
    const PhoneOutcome first = boot(server.token_url() + mac_.lower() + ".xml");
    EXPECT_EQ(first.own.status, 200);
    EXPECT_EQ(first.accounts.size(), 1U);
    EXPECT_EQ(server.take_log(), std::vector<std::string>{"t/TOKEN/" + mac_.lower() + ".xml 200"});
    EXPECT_EQ(boot(server.token_url() + "something-else.xml", 1, true).own.status, 403);
    EXPECT_EQ(server.take_log(), std::vector<std::string>{"t/TOKEN/something-else.xml 403"});
}

TEST_F(AccessRun, R_A7_WithoutAnAddressOfItsOwnAPhoneCallsTheServer) {
    OnePhoneServer& server = open("ale");
    EXPECT_EQ(boot("").own.status, 401) << "it has no login yet";
    EXPECT_EQ(server.take_log().size(), 3U) << "and asks for each file once";
}

TEST_F(AccessRun, R_G4_ABootEndsWhereThePhoneStops) {
    OnePhoneServer& server = open("mitel");
    server.empty_files_for_all();
    EXPECT_FALSE(boot(server.token_url()).with_secret) << "an empty common file";
    EXPECT_EQ(server.take_log(),
              (std::vector<std::string>{"t/TOKEN/startup.tuz 200", "t/TOKEN/startup.cfg 200"}));
    OnePhoneServer& other = open("htek");
    other.empty_files_for_all();
    EXPECT_FALSE(boot(other.token_url(), 2).with_secret) << "a file for all, which is the first that it gets";
    EXPECT_EQ(other.take_log(),
              (std::vector<std::string>{"t/TOKEN/cfg0012.xml 200", "t/TOKEN/cfg0012.xml 200"}));
}

TEST_F(AccessRun, R_G4_OnlyThisMachineIsCalledWhateverAFileSays) {
    open("ale");
    for (const char* const away : {"https://192.0.2.1/t/TOKEN/", "http://localhost/", "ftp://x"}) {
        const PhoneOutcome stayed = boot(away);
        ASSERT_FALSE(stayed.oddities.empty()) << away;
        EXPECT_NE(stayed.oddities.front().find("P-9003"), std::string::npos);
    }
    EXPECT_TRUE(server_->take_log().empty());
}

}  // namespace

}  // namespace provost::sim::testing
