// What a server that somebody took over may say to the key holder, and what a false key holder may answer:
// every message has one spelling, and the desk answers each with one whole frame, whatever it is.
#include "fuzz.h"
#include "service/log.h"
#include "tests/contract/audit_keys_of_tests.h"
#include "vault/holder_desk.h"

using namespace provost;
using provost::fuzz::require;

namespace {

// Gives back what it gets, so that the parser's work shows in the answer.
class EchoKeys final : public KeyHolder {
 public:
    Result<SealedSecret> seal(const SecretBinding&, const Secret& secret) override {
        SealedSecret sealed;
        const auto bytes = as_bytes(secret.expose());
        sealed.ciphertext.assign(bytes.begin(), bytes.end());
        return sealed;
    }
    Result<std::vector<Secret>> open_all(std::span<const StoredSecret> stored) override {
        std::vector<Secret> opened;
        for (const auto& one : stored) {
            if (one.sealed.ciphertext.size() > longest_secret) return fail({"P-5001", "too long"});
            opened.push_back(Secret::copy_of(as_text(one.sealed.ciphertext)));
        }
        return opened;
    }
    Result<Secret> derive(std::string_view label, ByteView) override { return Secret::copy_of(label); }
    [[nodiscard]] Result<KeyEpochs> epochs() const override { return KeyEpochs{1, {}, {1}}; }
    Result<std::int64_t> begin_epoch(Timestamp) override { return fail({"P-5002", "no"}); }
    Result<SealedSecret> rewrap(const SecretBinding&, const SealedSecret& sealed) override { return sealed; }
    Status destroy_epoch(std::int64_t) override { return fail({"P-5011", "no"}); }
};

template <class Message>
void require_one_spelling(const std::optional<Message>& message, ByteView body) {
    if (!message) return;
    OutputBuffer again;
    require(write_frame(*message, again), "what was read can be written");
    require(again.view().substr(frame_head) == as_text(body), "and is what was read");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView body(data, std::min(size, longest_frame));
    require_one_spelling(read_call(body), body);
    require_one_spelling(read_reply(body), body);
    (void)frame_length(body);

    static EchoKeys keys;
    static contract::AuditKeysOfTests audit;
    static HolderDesk desk(keys, audit, {});
    static const bool quiet = (set_log(LogForm::text, "off"), true);
    HolderDesk::Peer peer{"fuzzer", quiet};
    OutputBuffer reply;
    (void)desk.answer(body, peer, Timestamp(std::chrono::hours(1)), reply);
    const auto bytes = as_bytes(reply.view());
    require(frame_length(bytes) == bytes.size() - frame_head, "the answer is one frame");
    require(read_reply(bytes.subspan(frame_head)).has_value(), "that a server reads");
    return 0;
}
