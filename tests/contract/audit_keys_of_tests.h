// Keys of a trail that lie in no file.
#pragma once

#include "crypto/random.h"
#include "service/audit_keys.h"
#include "service/audit_verifier.h"

#include <memory>

namespace provost::contract {

class AuditKeysOfTests final : public AuditKeys {
 public:
    AuditKeysOfTests() {
        std::array<std::uint8_t, 32> drawn{};
        random_bytes(drawn);
        key_ = ChainKey(drawn);
        random_bytes(seed_);
        start_ = {audit_key_id(key_.view(), public_key_of(seed_)), public_key_of(seed_), key_};
    }
    [[nodiscard]] Sha256 id() const override { return start_.id; }
    [[nodiscard]] std::string reason() const override { return "a test"; }
    [[nodiscard]] std::int64_t step() const override { return step_; }
    [[nodiscard]] AuditTail base() const override { return base_; }
    [[nodiscard]] bool bound() const override { return bound_; }
    Status bind(const AuditTail& tail) override {
        bound_ = true;
        base_ = tail;
        return {};
    }
    [[nodiscard]] Result<AuditMac> mac(std::int64_t step, const AuditLink& link) const override {
        if (step != step_) return fail({"P-5031", "another step"});
        return audit_mac(key_.view(), link);
    }
    Status ratchet(const AuditTail& tail) override {
        if (tail == base_) return {};
        provost::ratchet(key_.view(), tail.link, key_.bytes());
        base_ = tail;
        ++step_;
        return {};
    }
    [[nodiscard]] Result<Signature> sign(std::string_view text) const override {
        return provost::sign(seed_, text);
    }

    [[nodiscard]] const AuditStart& start() const { return start_; }

 private:
    ChainKey key_;
    std::array<std::uint8_t, 32> seed_{};
    AuditStart start_;
    std::int64_t step_ = 0;
    AuditTail base_;
    bool bound_ = false;
};

inline std::shared_ptr<AuditKeysOfTests> test_audit_keys() {
    return std::make_shared<AuditKeysOfTests>();
}

}  // namespace provost::contract
