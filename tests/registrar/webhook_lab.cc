#include "net/outbound.h"
#include "registrar/webhook/webhook.h"
#include "tests/registrar/labs.h"
#include "tests/registrar/receiver.h"

namespace provost::contract {

namespace {

class WebhookLab final : public AccountLab {
 public:
    std::unique_ptr<Registrar> open() override {
        return open_webhook(
            {"main", "pbx-1", key()},
            [url = receiver_.url()](const std::vector<std::string>& headers, const std::string& body) {
                return ask_http(url, {}, headers, body, 64U << 10U);
            },
            clock_);
    }
    std::string stored(const RegistrarAccount& account) override {
        const auto accounts = receiver_.accounts();
        const auto found = accounts.find(account);
        return found == accounts.end() ? "" : found->second;
    }
    int rows() override { return static_cast<int>(receiver_.accounts().size()); }
    void leave() override { receiver_.leave(); }
    void come_back() override { receiver_.come_back(); }

 private:
    static Secret key() { return Secret::copy_of(std::string(32, 'k')); }

    SystemClock clock_;
    Receiver receiver_{key()};
};

}  // namespace

std::unique_ptr<AccountLab> webhook_lab() {
    return std::make_unique<WebhookLab>();
}

}  // namespace provost::contract
