// The phones' way: claim, record, decision, durable delivery, rendering (DESIGN section 3, stops 5 to 8).
#pragma once

#include "service/deliver_configuration.h"
#include "service/house.h"

#include <memory>
#include <string>

namespace provost {

class PhoneService final : public DeliverConfiguration {
 public:
    // `path_prefix`: what a door's paths begin with, "/" or "/p/"; the rest names the file.
    PhoneService(House& house, std::string path_prefix);

    void handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                std::function<void(DeviceReply)> done) override;
    void transferred(std::int64_t delivery, Transfer how) override;

 private:
    struct Visit;
    using VisitPtr = std::shared_ptr<Visit>;

    void read_claim(Visit& visit) const;
    void weigh(Visit& visit) const;
    void finish(Visit& visit, DeviceReply reply);
    [[nodiscard]] static bool tells_rating(const Visit& visit);
    void refuse(Visit& visit, Rule rule, std::string detail);
    void answer_without_secrets(Visit& visit);
    void deliver(VisitPtr visit);
    Status record_delivery(Visit& visit, Transaction& transaction) const;
    void send_secrets(Visit& visit, std::int64_t delivery);
    void hold_key(const Visit& visit);
    Status complete(const DeliveryRecord& record, Transaction& transaction, Timestamp now) const;

    House& house_;
    std::string path_prefix_;
};

// The one body of every refusal; net/ sends the same bytes for requests it refuses itself.
inline constexpr std::string_view refusal_body = "Forbidden\n";

}  // namespace provost
