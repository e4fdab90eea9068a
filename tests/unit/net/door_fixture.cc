#include "door_fixture.h"

#include <fstream>

#include <openssl/x509.h>
#include <sys/stat.h>

namespace provost::test {

namespace {

using namespace std::chrono_literals;

constexpr Timestamp begin = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
constexpr Timestamp end = std::chrono::sys_days(std::chrono::year(2044) / 1 / 1);

CertificateOrder server_order(KeyType type) {
    auto order = order_for("localhost", type);
    order.extensions = server_extensions({"localhost", "127.0.0.1"});
    return order;
}

}  // namespace

CertificateOrder order_for(const std::string& common_name, KeyType type) {
    CertificateOrder order;
    order.subject = {{"CN", common_name}};
    order.not_before = begin;
    order.not_after = end;
    order.key_type = type;
    return order;
}

LookAlikes::LookAlikes()
    : root(must(CertificateAuthority::make_root({{"CN", "Look-alike root"}}, begin, end))),
      issuing(must(root.make_issuing({{"CN", "Look-alike issuing"}}))),
      server_ec(must(root.issue(server_order(KeyType::ec_p256)))),
      server_rsa(must(root.issue(server_order(KeyType::rsa_2048)))),
      phone_ec(must(issuing.issue(order_for(phone_mac)))),
      phone_rsa(must(issuing.issue(order_for(phone_mac, KeyType::rsa_2048)))) {}

const LookAlikes& LookAlikes::get() {
    static const LookAlikes made;
    return made;
}

Folder::Folder() {
    std::string name = std::filesystem::temp_directory_path() / "provost-net-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

Folder::~Folder() {
    std::filesystem::remove_all(path_);
}

std::filesystem::path Folder::write(const std::string& name, std::string_view text, int mode) const {
    std::ofstream(path_ / name, std::ios::trunc) << text;
    ::chmod((path_ / name).c_str(), static_cast<mode_t>(mode));
    return path_ / name;
}

ServerIdentity Folder::write(const std::string& name, const IssuedCertificate& identity) const {
    return {write(name + ".pem", identity.certificate_pem(), 0644),
            write(name + ".key", identity.key_pem().view())};
}

std::shared_ptr<const Evidence> FakeJudge::judge(X509* leaf, STACK_OF(X509) * sent) {
    ++calls;
    sent_certificates = sent == nullptr ? 0 : sk_X509_num(sent);
    auto evidence = std::make_shared<Evidence>();
    if (leaf == nullptr) {
        evidence->fault = provost::Rule::no_certificate;
        return evidence;
    }
    char name[64] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(leaf), NID_commonName, name, sizeof name);
    evidence->mac = MacAddress::parse(name);
    evidence->prefix_allowed = true;
    evidence->key.emplace();
    if (!evidence->mac) evidence->fault = provost::Rule::certificate_untrusted;
    return evidence;
}

FakeDeliver::~FakeDeliver() {
    for (auto& thread : threads_) thread.join();
}

void FakeDeliver::handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                         std::function<void(DeviceReply)> done) {
    DeviceReply reply;
    if (!evidence->fault)
        reply = rule_ ? rule_(*evidence, request) : text_reply("config of " + evidence->mac->lower() + "\n");
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(request));
    }
    if (!delay_) {
        done(std::move(reply));
        return;
    }
    auto later = [delay = *delay_, reply = std::move(reply), done = std::move(done)]() mutable {
        std::this_thread::sleep_for(delay);
        done(std::move(reply));
    };
    const std::lock_guard lock(mutex_);
    threads_.emplace_back(std::move(later));
}

void FakeDeliver::transferred(std::int64_t delivery, Transfer how) {
    const std::lock_guard lock(mutex_);
    ended_.push_back({delivery, how});
    changed_.notify_all();
}

void FakeDeliver::answer_with(Rule rule) {
    rule_ = std::move(rule);
}
void FakeDeliver::answer_later(std::chrono::milliseconds delay) {
    delay_ = delay;
}

std::vector<DeviceRequest> FakeDeliver::requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::optional<FakeDeliver::Ended> FakeDeliver::await_end(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, limit, [this] { return !ended_.empty(); })) return std::nullopt;
    const auto first = ended_.front();
    ended_.erase(ended_.begin());
    return first;
}

DeviceReply text_reply(std::string_view text, std::int64_t delivery, int status) {
    DeviceReply reply;
    reply.status = status;
    reply.content_type = "text/plain";
    reply.body.append(text);
    reply.delivery = delivery;
    return reply;
}

std::string get(const std::string& path, const std::string& more) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

DoorTest::DoorTest() {
    const auto& made = LookAlikes::get();
    settings_.port = 0;
    settings_.identities = {folder_.write("ec", made.server_ec), folder_.write("rsa", made.server_rsa)};
}

void DoorTest::open() {
    door_ = must(open_phone_door(settings_, judge_, deliver_, gate_.get()));
}

bool eventually(const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(10ms);
    }
    return true;
}

}  // namespace provost::test
