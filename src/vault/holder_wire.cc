#include "vault/holder_wire.h"

#include <algorithm>
#include <limits>

namespace provost {

namespace {

constexpr std::size_t longest_purpose = 1024;
constexpr std::size_t longest_part = 64;  // of a sealed secret, but for the ciphertext
constexpr std::size_t longest_text = 1024;
constexpr std::size_t most_epochs = 2;

// Both directions share the lists of fields below, so that they can't differ. Numbers are 8 bytes,
// little-endian; what has no fixed size follows its length.
class FrameWriter {
 public:
    explicit FrameWriter(OutputBuffer& out) : out_(out) {}

    void number(std::uint64_t number) {
        std::array<char, 8> bytes{};
        for (auto& byte : bytes) {
            byte = static_cast<char>(number);
            number >>= 8;
        }
        out_.append({bytes.data(), bytes.size()});
    }
    template <class Integer>
    void integer(const Integer& value) {
        number(static_cast<std::uint64_t>(value));
    }
    void flag(const bool& value) { out_.append(value ? '\1' : '\0'); }
    void time(const Timestamp& time) { integer(to_millis(time)); }
    void mac(const MacAddress& mac) { number(mac.value()); }
    void text(const std::string& text, std::size_t most) { view(text, most); }
    void bytes(const Bytes& bytes, std::size_t most) { view(as_text(bytes), most); }
    template <std::size_t size>
    void fixed(const std::array<std::uint8_t, size>& bytes) {
        out_.append(as_text(bytes));
    }
    void secret(const Secret& secret) { view(secret.expose(), longest_secret); }
    template <class Item, class Each>
    void list(const std::vector<Item>& items, std::size_t most, Each each) {
        good_ = good_ && items.size() <= most;
        number(items.size());
        for (const auto& item : items) each(item);
    }
    template <class Item, class Each>
    void maybe(const std::optional<Item>& item, Each each) {
        flag(item.has_value());
        if (item) each(*item);
    }
    [[nodiscard]] bool good() const { return good_; }

 private:
    void view(std::string_view bytes, std::size_t most) {
        good_ = good_ && bytes.size() <= most;
        number(bytes.size());
        out_.append(bytes);
    }

    OutputBuffer& out_;
    bool good_ = true;
};

class FrameReader {
 public:
    explicit FrameReader(ByteView rest) : rest_(rest) {}

    std::uint64_t number() {
        std::uint64_t number = 0;
        const auto bytes = take(8);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            number |= static_cast<std::uint64_t>(bytes[i]) << 8 * i;
        return number;
    }
    template <class Integer>
    void integer(Integer& value) {
        const auto read = number();
        value = static_cast<Integer>(read);
        good_ = good_ && static_cast<std::uint64_t>(value) == read;
    }
    void flag(bool& value) {
        const auto byte = take(1);
        good_ = good_ && byte[0] <= 1;
        value = good_ && byte[0] == 1;
    }
    void time(Timestamp& time) {
        std::int64_t millis = 0;
        integer(millis);
        time = from_millis(millis);
    }
    void mac(MacAddress& mac) {
        const auto value = number();
        mac = MacAddress(value);
        good_ = good_ && mac.value() == value;
    }
    void text(std::string& text, std::size_t most) { text = as_text(view(most)); }
    void bytes(Bytes& bytes, std::size_t most) {
        const auto read = view(most);
        bytes.assign(read.begin(), read.end());
    }
    template <std::size_t size>
    void fixed(std::array<std::uint8_t, size>& bytes) {
        const auto read = take(size);
        if (good_) std::copy(read.begin(), read.end(), bytes.begin());
    }
    void secret(Secret& secret) { secret = Secret::copy_of(as_text(view(longest_secret))); }
    template <class Item, class Each>
    void list(std::vector<Item>& items, std::size_t most, Each each) {
        const auto count = number();
        good_ = good_ && count <= most;
        for (std::uint64_t i = 0; good_ && i < count; ++i) each(items.emplace_back());
    }
    template <class Item, class Each>
    void maybe(std::optional<Item>& item, Each each) {
        bool there = false;
        flag(there);
        if (there) each(item.emplace());
    }
    [[nodiscard]] bool ended() const { return good_ && rest_.empty(); }

 private:
    // Eight zeros at most where nothing is left, so that callers need not look.
    ByteView take(std::size_t size) {
        static constexpr std::array<std::uint8_t, 8> zeros{};
        good_ = good_ && size <= rest_.size();
        if (!good_) return ByteView(zeros).first(std::min(size, zeros.size()));
        const auto taken = rest_.first(size);
        rest_ = rest_.subspan(size);
        return taken;
    }
    ByteView view(std::size_t most) {
        const auto size = number();
        good_ = good_ && size <= most;
        return good_ ? take(static_cast<std::size_t>(size)) : ByteView();
    }

    ByteView rest_;
    bool good_ = true;
};

// The fields of a message, for either direction: `T` is what it is called, const or not.
template <class T, class Named>
concept Of = std::same_as<std::remove_const_t<T>, Named>;

void fields(auto&, Of<EpochsCall> auto&) {}
void fields(auto&, Of<AuditStateCall> auto&) {}
void fields(auto&, Of<DoneReply> auto&) {}

void fields(auto& io, Of<HelloCall> auto& call) {
    io.integer(call.protocol);
}

void fields(auto& io, Of<SecretBinding> auto& binding) {
    io.integer(binding.tenant);
    io.mac(binding.device);
    io.text(binding.purpose, longest_purpose);
    io.integer(binding.generation);
}

void fields(auto& io, Of<SealedSecret> auto& sealed) {
    io.integer(sealed.suite);
    io.integer(sealed.epoch);
    io.bytes(sealed.wrapped_key, longest_part);
    io.bytes(sealed.commitment, longest_part);
    io.bytes(sealed.nonce, longest_part);
    io.bytes(sealed.ciphertext, longest_secret + longest_part);
}

void fields(auto& io, Of<AuditTail> auto& tail) {
    io.integer(tail.seq);
    io.fixed(tail.link);
}

void fields(auto& io, Of<SealCall> auto& call) {
    fields(io, call.binding);
    io.secret(call.secret);
}

void fields(auto& io, Of<OpenCall> auto& call) {
    io.integer(call.tenant);
    io.mac(call.device);
    io.integer(call.generation);
    io.list(call.parts, most_secrets, [&](auto& part) {
        io.text(part.purpose, longest_purpose);
        fields(io, part.sealed);
    });
}

void fields(auto& io, Of<RewrapCall> auto& call) {
    fields(io, call.binding);
    fields(io, call.sealed);
}

void fields(auto& io, Of<BeginEpochCall> auto& call) {
    io.time(call.now);
}

void fields(auto& io, Of<DestroyEpochCall> auto& call) {
    io.integer(call.epoch);
}

void fields(auto& io, Of<AuditBindCall> auto& call) {
    fields(io, call.tail);
}

void fields(auto& io, Of<AuditMacCall> auto& call) {
    io.integer(call.step);
    io.fixed(call.link);
}

void fields(auto& io, Of<AuditRatchetCall> auto& call) {
    fields(io, call.tail);
}

void fields(auto& io, Of<AuditSignCall> auto& call) {
    io.text(call.text, longest_signed_text);
}

void fields(auto& io, Of<DeriveCall> auto& call) {
    io.text(call.label, longest_derive_label);
    io.bytes(call.salt, longest_derive_salt);
}

void fields(auto& io, Of<Error> auto& error) {
    for (auto* const text : {&error.code, &error.what, &error.where, &error.why, &error.fix})
        io.text(*text, longest_text);
}

void fields(auto& io, Of<KeyEpochs> auto& epochs) {
    io.integer(epochs.current);
    io.time(epochs.started);
    io.list(epochs.alive, most_epochs, [&](auto& epoch) { io.integer(epoch); });
}

void fields(auto& io, Of<OpenedReply> auto& reply) {
    io.list(reply.secrets, most_secrets, [&](auto& secret) { io.secret(secret); });
}

void fields(auto& io, Of<DerivedReply> auto& reply) {
    io.secret(reply.secret);
}

void fields(auto& io, Of<EpochReply> auto& reply) {
    io.integer(reply.epoch);
}

void fields(auto& io, Of<AuditKeyState> auto& state) {
    io.fixed(state.id);
    io.text(state.reason, longest_text);
    io.integer(state.step);
    io.flag(state.bound);
    fields(io, state.base);
}

void fields(auto& io, Of<AuditChangeReply> auto& reply) {
    fields(io, reply.state);
    io.maybe(reply.failed, [&](auto& error) { fields(io, error); });
}

void fields(auto& io, Of<AuditMac> auto& mac) {
    io.fixed(mac);
}

void fields(auto& io, Of<Signature> auto& signature) {
    io.fixed(signature);
}

// A message is the number of its kind and its fields.
template <class Message>
bool write(const Message& message, OutputBuffer& out) {
    OutputBuffer body(256);
    body.append(static_cast<char>(message.index()));
    FrameWriter writer(body);
    std::visit([&](const auto& kind) { fields(writer, kind); }, message);
    if (!writer.good() || body.size() > longest_frame) return false;
    for (std::size_t i = 0; i < frame_head; ++i) out.append(static_cast<char>(body.size() >> 8 * i));
    out.append(body.view());
    return true;
}

template <class Message, std::size_t kind = 0>
std::optional<Message> read(std::size_t wanted, FrameReader& reader) {
    if constexpr (kind == std::variant_size_v<Message>) {
        return std::nullopt;
    } else {
        if (kind != wanted) return read<Message, kind + 1>(wanted, reader);
        std::variant_alternative_t<kind, Message> fresh{};
        fields(reader, fresh);
        if (!reader.ended()) return std::nullopt;
        return Message(std::in_place_index<kind>, std::move(fresh));
    }
}

template <class Message>
std::optional<Message> read(ByteView body) {
    if (body.empty()) return std::nullopt;
    FrameReader reader(body.subspan(1));
    return read<Message>(body[0], reader);
}

}  // namespace

Error not_understood(std::string why) {
    return {"P-5032", "server and key holder do not understand each other", "key holder", std::move(why),
            "Run the same version of both"};
}

bool write_frame(const HolderCall& call, OutputBuffer& out) {
    return write(call, out);
}

bool write_frame(const HolderReply& reply, OutputBuffer& out) {
    return write(reply, out);
}

std::optional<std::size_t> frame_length(ByteView head) {
    if (head.size() < frame_head) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t i = 0; i < frame_head; ++i) length |= static_cast<std::size_t>(head[i]) << 8 * i;
    if (length == 0 || length > longest_frame) return std::nullopt;
    return length;
}

std::optional<HolderCall> read_call(ByteView body) {
    return read<HolderCall>(body);
}

std::optional<HolderReply> read_reply(ByteView body) {
    return read<HolderReply>(body);
}

}  // namespace provost
