// Messages between server and key holder: one spelling each, and nothing else is read.
#include "vault/holder_wire.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace provost {
namespace {

std::string frame_of(const auto& message) {
    OutputBuffer out;
    RC_ASSERT(write_frame(message, out));
    return std::string(out.view());
}

// What it says after a trip; "" if it is not read.
std::string again(const HolderCall&, const std::string& frame) {
    const auto read = read_call(as_bytes(frame).subspan(frame_head));
    return read ? frame_of(*read) : "";
}
std::string again(const HolderReply&, const std::string& frame) {
    const auto read = read_reply(as_bytes(frame).subspan(frame_head));
    return read ? frame_of(*read) : "";
}

SecretBinding any_binding() {
    return {*rc::gen::arbitrary<std::int64_t>(), MacAddress(*rc::gen::arbitrary<std::uint64_t>()),
            *rc::gen::arbitrary<std::string>(), *rc::gen::arbitrary<std::int64_t>()};
}

SealedSecret any_sealed() {
    const auto part = rc::gen::resize(64, rc::gen::arbitrary<Bytes>());
    return {*rc::gen::arbitrary<std::uint8_t>(), *rc::gen::arbitrary<std::int64_t>(), *part, *part, *part,
            *rc::gen::arbitrary<Bytes>()};
}

AuditLink any_link() {
    return *rc::gen::arbitrary<AuditLink>();
}

AuditTail any_tail() {
    return {*rc::gen::arbitrary<std::int64_t>(), any_link()};
}

HolderCall any_call() {
    switch (*rc::gen::inRange(0, 13)) {
        case 0:
            return HelloCall{*rc::gen::arbitrary<std::uint16_t>()};
        case 1:
            return EpochsCall();
        case 2:
            return SealCall{any_binding(), Secret::copy_of(*rc::gen::arbitrary<std::string>())};
        case 3: {
            const auto binding = any_binding();
            OpenCall call{binding.tenant, binding.device, binding.generation, {}};
            for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
                call.parts.push_back({*rc::gen::arbitrary<std::string>(), any_sealed()});
            return call;
        }
        case 4:
            return RewrapCall{any_binding(), any_sealed()};
        case 5:
            return BeginEpochCall{from_millis(*rc::gen::arbitrary<std::int64_t>())};
        case 6:
            return DestroyEpochCall{*rc::gen::arbitrary<std::int64_t>()};
        case 7:
            return AuditStateCall();
        case 8:
            return AuditBindCall{any_tail()};
        case 9:
            return AuditMacCall{*rc::gen::arbitrary<std::int64_t>(), any_link()};
        case 10:
            return AuditRatchetCall{any_tail()};
        case 11:
            return DeriveCall{
                *rc::gen::resize(static_cast<int>(longest_derive_label), rc::gen::arbitrary<std::string>()),
                *rc::gen::resize(static_cast<int>(longest_derive_salt), rc::gen::arbitrary<Bytes>())};
        default:
            return AuditSignCall{*rc::gen::arbitrary<std::string>()};
    }
}

Error any_error() {
    const auto text = rc::gen::arbitrary<std::string>();
    return {*text, *text, *text, *text, *text};
}

AuditKeyState any_state() {
    return {any_link(), *rc::gen::arbitrary<std::string>(), *rc::gen::arbitrary<std::int64_t>(),
            *rc::gen::arbitrary<bool>(), any_tail()};
}

HolderReply any_reply() {
    switch (*rc::gen::inRange(0, 10)) {
        case 0:
            return any_error();
        case 1:
            return KeyEpochs{*rc::gen::arbitrary<std::int64_t>(),
                             from_millis(*rc::gen::arbitrary<std::int64_t>()),
                             std::vector<std::int64_t>(*rc::gen::inRange<std::size_t>(0, 3), 7)};
        case 2:
            return any_sealed();
        case 3: {
            OpenedReply reply;
            for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
                reply.secrets.push_back(Secret::copy_of(*rc::gen::arbitrary<std::string>()));
            return reply;
        }
        case 4:
            return EpochReply{*rc::gen::arbitrary<std::int64_t>()};
        case 5:
            return DoneReply();
        case 8:
            return DerivedReply{Secret::copy_of(*rc::gen::arbitrary<std::string>())};
        case 6:
            return any_state();
        case 7:
            return AuditChangeReply{any_state(),
                                    *rc::gen::arbitrary<bool>() ? std::optional(any_error()) : std::nullopt};
        default:
            return *rc::gen::arbitrary<bool>() ? HolderReply(*rc::gen::arbitrary<AuditMac>())
                                               : HolderReply(*rc::gen::arbitrary<Signature>());
    }
}

TEST(HolderWire, R_B8_EveryMessageArrivesAsItWasSaid) {
    rc::check("calls", [] {
        const auto call = any_call();
        const auto frame = frame_of(call);
        RC_ASSERT(frame_length(as_bytes(frame)) == frame.size() - frame_head);
        RC_ASSERT(again(call, frame) == frame);
    });
    rc::check("replies", [] {
        const auto reply = any_reply();
        const auto frame = frame_of(reply);
        RC_ASSERT(again(reply, frame) == frame);
    });
}

// Cut anywhere, or with a byte more, it is none; changed, it is none or says just what it now says.
TEST(HolderWire, R_B8_NothingButTheOneSpellingIsRead) {
    rc::check("cut or longer", [] {
        const auto frame = frame_of(any_call());
        const auto cut = *rc::gen::inRange<std::size_t>(frame_head, frame.size());
        RC_ASSERT(!read_call(as_bytes(frame.substr(0, cut)).subspan(frame_head)));
        RC_ASSERT(!read_call(as_bytes(frame + '\0').subspan(frame_head)));
    });
    rc::check("changed", [] {
        auto frame = frame_of(any_call());
        const auto at = *rc::gen::inRange<std::size_t>(frame_head, frame.size());
        frame[at] = static_cast<char>(frame[at] ^ *rc::gen::inRange(1, 256));
        const auto read = read_call(as_bytes(frame).subspan(frame_head));
        const bool fits =
            !read || frame_of(*read) == frame;  // within RC_ASSERT both sides would be worked out
        RC_ASSERT(fits);
    });
    rc::check("anything", [](const Bytes& bytes) {
        if (const auto call = read_call(bytes))
            RC_ASSERT(frame_of(*call).substr(frame_head) == as_text(bytes));
        if (const auto reply = read_reply(bytes))
            RC_ASSERT(frame_of(*reply).substr(frame_head) == as_text(bytes));
    });
}

TEST(HolderWire, R_B8_LimitsHold) {
    OutputBuffer out;
    EXPECT_TRUE(
        write_frame(HolderCall(SealCall{{}, Secret::copy_of(std::string(longest_secret, 'x'))}), out));
    EXPECT_FALSE(
        write_frame(HolderCall(SealCall{{}, Secret::copy_of(std::string(longest_secret + 1, 'x'))}), out));
    OpenCall many;
    many.parts.resize(most_secrets + 1);
    EXPECT_FALSE(write_frame(HolderCall(std::move(many)), out));
    EXPECT_FALSE(write_frame(HolderCall(AuditSignCall{std::string(longest_signed_text + 1, 'x')}), out));
    const auto length = [](std::initializer_list<std::uint8_t> head) { return frame_length(Bytes(head)); };
    EXPECT_EQ(length({0, 0, 0}), std::nullopt);
    EXPECT_EQ(length({0, 0, 0, 0}), std::nullopt);
    EXPECT_EQ(length({1, 0, 0, 0}), 1u);
    EXPECT_EQ(length({0, 0, 1, 0}), longest_frame);
    EXPECT_EQ(length({1, 0, 1, 0}), std::nullopt);
    EXPECT_EQ(length({1, 0, 0, 255}), std::nullopt);
    EXPECT_FALSE(read_call({}));
    EXPECT_FALSE(read_call(Bytes{200}));
}

}  // namespace
}  // namespace provost
