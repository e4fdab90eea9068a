// The phones' way: claim, record, decision, durable delivery, rendering (DESIGN section 3, stops 5 to 8). One
// for each door.
#pragma once

#include "service/credential_judge.h"
#include "service/deliver_configuration.h"
#include "service/door_traits.h"
#include "service/house.h"

#include <memory>
#include <string>

namespace provost {

struct PhoneVisit;
struct Transition;

class PhoneService final : public DeliverConfiguration {
 public:
    PhoneService(House& house, DoorTraits door);

    void handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                std::function<void(DeviceReply)> done) override;
    void transferred(std::int64_t delivery, Transfer how) override;
    void handshake_failed(std::string_view source, HandshakeTrouble trouble) override {
        house_.handshakes->note(source, trouble, house_.clock.now());
    }

 private:
    using Visit = PhoneVisit;
    using VisitPtr = std::shared_ptr<PhoneVisit>;

    Status judge_fallback(Visit& visit);
    [[nodiscard]] bool asks_for_a_password(const Visit& visit) const;
    void challenge(Visit& visit);
    Status look_up(Visit& visit) const;
    Status look_up_device(Visit& visit) const;
    void read_claim(Visit& visit) const;
    void weigh(Visit& visit) const;
    [[nodiscard]] std::optional<Limit> over_budget(const Visit& visit) const;
    void finish(Visit& visit, DeviceReply reply);
    [[nodiscard]] static bool tells_rating(const Visit& visit);
    void refuse(Visit& visit, Rule rule, std::string detail);
    [[nodiscard]] DeviceReply refusal(const Visit& visit) const;
    void answer_without_secrets(Visit& visit);
    void deliver(VisitPtr visit);
    Status record_delivery(Visit& visit, Transaction& transaction) const;
    Status weigh_again(Visit& visit, Transaction& transaction) const;
    Result<Transition> next_of(const Visit& visit, Transaction& transaction) const;
    Status open_for(Visit& visit, Transaction& transaction) const;
    void send_secrets(Visit& visit, std::int64_t delivery);
    [[nodiscard]] FileMaker maker_of(const Visit& visit, const Configuration& made) const;
    [[nodiscard]] Status check_hardened(const Visit& visit, const Configuration& made,
                                        std::string_view bytes) const;
    void hold_key(const Visit& visit);
    void drop_older_passwords(const Visit& visit);
    Status complete(const DeliveryRecord& record, const Device& device, Transaction& transaction,
                    Timestamp now) const;

    House& house_;
    const DoorTraits door_;
    CredentialJudge credentials_;
};

// The one body of every refusal at a door that takes certificates only; net/ sends the same bytes for
// requests it refuses itself.
inline constexpr std::string_view refusal_body = "Forbidden\n";

}  // namespace provost
