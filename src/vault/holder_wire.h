// What a server and a key holder in a process of its own say to each other over a local socket: a frame each
// way, the question and its answer (docs/reference/key-holder.md).
#pragma once

#include "service/audit_keys.h"
#include "service/key_holder.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace provost {

inline constexpr std::uint16_t holder_protocol = 2;
inline constexpr std::size_t longest_frame = 64 * 1024;  // without the four bytes that say its length
inline constexpr std::size_t frame_head = 4;
inline constexpr std::size_t most_secrets = 64;  // in one call
inline constexpr std::size_t longest_secret = 16 * 1024;
inline constexpr std::size_t longest_signed_text = 1024;

// Questions. The first on a connection is HelloCall.
struct HelloCall {
    std::uint16_t protocol = holder_protocol;
};
struct EpochsCall {};
struct SealCall {
    SecretBinding binding;
    Secret secret;
};
// Of one device: what the brake counts.
struct OpenCall {
    struct Part {
        std::string purpose;
        SealedSecret sealed;
    };
    std::int64_t tenant = 0;
    MacAddress device;
    std::int64_t generation = 0;
    std::vector<Part> parts;
};
struct RewrapCall {
    SecretBinding binding;
    SealedSecret sealed;
};
struct BeginEpochCall {
    Timestamp now{};
};
struct DestroyEpochCall {
    std::int64_t epoch = 0;
};
struct AuditStateCall {};
struct AuditBindCall {
    AuditTail tail;
};
struct AuditMacCall {
    std::int64_t step = 0;
    AuditLink link{};
};
struct AuditRatchetCall {
    AuditTail tail;
};
struct AuditSignCall {
    std::string text;
};
struct DeriveCall {
    std::string label;
    Bytes salt;
};
using HolderCall =
    std::variant<HelloCall, EpochsCall, SealCall, OpenCall, RewrapCall, BeginEpochCall, DestroyEpochCall,
                 AuditStateCall, AuditBindCall, AuditMacCall, AuditRatchetCall, AuditSignCall, DeriveCall>;

// Answers.
struct AuditKeyState {
    Sha256 id{};
    std::string reason;
    std::int64_t step = 0;
    bool bound = false;
    AuditTail base;
    bool operator==(const AuditKeyState&) const = default;
};
struct OpenedReply {
    std::vector<Secret> secrets;
};
struct EpochReply {
    std::int64_t epoch = 0;
};
struct DerivedReply {
    Secret secret;
};
struct DoneReply {};
// A step may be taken although it could not be written (AuditKeys::ratchet).
struct AuditChangeReply {
    AuditKeyState state;
    std::optional<Error> failed;
};
using HolderReply = std::variant<Error, KeyEpochs, SealedSecret, OpenedReply, EpochReply, DoneReply,
                                 AuditKeyState, AuditChangeReply, AuditMac, Signature, DerivedReply>;

// P-5032: what came is nothing that the asked or the asking one can make something of.
Error not_understood(std::string why);

// A whole frame, its length in front. False where it would be too long or holds what the other side refuses.
bool write_frame(const HolderCall& call, OutputBuffer& out);
bool write_frame(const HolderReply& reply, OutputBuffer& out);

// The length that a frame's first four bytes say; nullopt if there is no such frame.
std::optional<std::size_t> frame_length(ByteView head);
// What follows them. Nothing but the one spelling of a message is read: nullopt for all else, trailing bytes
// among it.
std::optional<HolderCall> read_call(ByteView body);
std::optional<HolderReply> read_reply(ByteView body);

}  // namespace provost
