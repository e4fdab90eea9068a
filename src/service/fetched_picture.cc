#include "service/fetched_picture.h"

#include <cstring>

namespace provost {

namespace {

void append_counted(std::string& out, std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(size >> shift & 0xff);
    out += text;
}

// False: there is no whole text any more.
bool take(std::string_view& from, std::string& text) {
    if (from.size() < 4) return false;
    std::uint32_t size = 0;
    for (int i = 0; i < 4; ++i)
        size |= static_cast<std::uint32_t>(static_cast<unsigned char>(from[static_cast<std::size_t>(i)]))
                << (8 * i);
    if (from.size() - 4 < size) return false;
    text = from.substr(4, size);
    from.remove_prefix(4 + std::size_t{size});
    return true;
}

Error unreadable() {
    return {"P-6014", "what the phone last got can't be read", "fetched", "",
            "The phone's next visit writes it anew."};
}

// Bits of the MAC that neighbours in a delivery differ in come first.
std::size_t slot_of(MacAddress mac, std::size_t slots) {
    return static_cast<std::size_t>(mac.value() ^ mac.value() >> 24) % slots;
}

// The parameters, and what else makes a picture another one.
std::string identity_of(const FetchedPicture& picture) {
    std::string all;
    all.reserve(picture.parameters.size() + 128);
    for (const auto* const text : {&picture.vendor, &picture.model, &picture.firmware, &picture.parameters})
        append_counted(all, *text);
    return all;
}

}  // namespace

Pictured pictured_kind(const Parameter& parameter) {
    if (parameter.is_secret) return Pictured::secret;
    const bool of_secret = setting(parameter.setting.id).type == ValueType::secret;
    return of_secret ? Pictured::beside : Pictured::plain;
}

std::string pictured_name(const Parameter& parameter) {
    std::string name = parameter.name;
    for (const auto& [attribute, value] : parameter.attributes) name += " " + attribute + "=" + value;
    return name;
}

std::string draw(const Parameters& parameters) {
    std::string out;
    out.reserve(parameters.size() * 48);
    for (const auto& one : parameters) {
        out += static_cast<char>(pictured_kind(one));
        append_counted(out, pictured_name(one));
        append_counted(out, one.is_secret ? std::string_view() : std::string_view(one.value));
    }
    return out;
}

Result<std::vector<PicturedParameter>> read_picture(std::string_view text) {
    std::vector<PicturedParameter> parameters;
    while (!text.empty()) {
        auto& one = parameters.emplace_back();
        one.kind = static_cast<Pictured>(text.front());
        if (one.kind != Pictured::plain && one.kind != Pictured::secret && one.kind != Pictured::beside)
            return fail(unreadable());
        text.remove_prefix(1);
        if (!take(text, one.name) || !take(text, one.value)) return fail(unreadable());
    }
    return parameters;
}

bool FetchedPictures::seen(MacAddress mac, const ShortHash& evidence) {
    const auto slot = slot_of(mac, slots);
    const std::lock_guard lock(locks_[slot % locks]);
    if (known_[slot] == evidence) return true;
    known_[slot] = evidence;
    return false;
}

void FetchedPictures::note(const Device& device, PhoneFacts facts, const Configuration& sent,
                           const ShortHash& evidence, Timestamp now) {
    const bool with_secrets = !sent.secrets.empty();
    if (!with_secrets && seen(device.mac, evidence)) return;
    FetchedPicture picture;
    picture.device = device.mac;
    picture.at = now;
    picture.vendor = device.vendor;
    picture.model = facts.model;
    picture.firmware = facts.firmware;
    picture.with_secrets = with_secrets;
    picture.parameters = draw(sent.parameters);
    // No hash of a file with secrets is kept, so their picture, which has none, tells an unchanged one.
    if (with_secrets && seen(device.mac, short_hash(identity_of(picture)))) return;
    store_.submit_later([picture = std::move(picture)](Transaction& transaction) {
        return transaction.put_fetched(picture);
    });
}

}  // namespace provost
