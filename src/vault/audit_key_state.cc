#include "vault/audit_key_state.h"

#include <algorithm>
#include <span>

namespace provost {

namespace {

class PayloadWriter {
 public:
    explicit PayloadWriter(AuditKeyPayload& payload) : next_(payload.data()) {}
    void number(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8) *next_++ = static_cast<std::uint8_t>(number >> shift);
    }
    void bytes(ByteView bytes) { next_ = std::copy(bytes.begin(), bytes.end(), next_); }

 private:
    std::uint8_t* next_;
};

class PayloadReader {
 public:
    explicit PayloadReader(const AuditKeyPayload& payload) : next_(payload.data()) {}
    std::uint64_t number() {
        std::uint64_t number = 0;
        for (int shift = 0; shift < 64; shift += 8) number |= static_cast<std::uint64_t>(*next_++) << shift;
        return number;
    }
    void bytes(std::span<std::uint8_t> out) {
        std::copy_n(next_, out.size(), out.data());
        next_ += out.size();
    }

 private:
    const std::uint8_t* next_;
};

}  // namespace

void pack(const AuditKeyFileState& state, AuditKeyPayload& payload) {
    PayloadWriter out(payload);
    out.number(state.counter);
    out.bytes(state.id);
    out.number(static_cast<std::uint64_t>(state.step));
    out.number(state.bound ? 1 : 0);
    out.number(static_cast<std::uint64_t>(state.base.seq));
    out.bytes(state.base.link);
    out.bytes(view(state.key));
    out.number(state.reason.size());
    out.bytes(as_bytes(state.reason));
}

AuditKeyFileState unpack(const AuditKeyPayload& payload) {
    AuditKeyFileState state;
    PayloadReader in(payload);
    state.counter = in.number();
    in.bytes(state.id);
    state.step = static_cast<std::int64_t>(in.number());
    state.bound = in.number() == 1;
    state.base.seq = static_cast<std::int64_t>(in.number());
    in.bytes(state.base.link);
    in.bytes({state.key.data(), key_size});
    state.reason.resize(std::min<std::size_t>(in.number(), longest_rekey_reason));
    in.bytes({reinterpret_cast<std::uint8_t*>(state.reason.data()), state.reason.size()});
    return state;
}

}  // namespace provost
