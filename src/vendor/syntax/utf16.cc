// A syntax in UTF-16: what another one writes, with a byte order mark in front, two bytes a unit, low byte
// first.
#include "vendor/syntax/make.h"
#include "vendor/syntax/text.h"

#include <cstdint>

namespace provost {
namespace {

constexpr std::string_view byte_order_mark = "\xff\xfe";

void append_unit(OutputBuffer& out, std::uint32_t unit) {
    const char bytes[] = {static_cast<char>(unit & 0xff), static_cast<char>(unit >> 8)};
    out.append({bytes, sizeof bytes});
}

// `text` is well-formed: no syntax writes anything else.
void append_utf16(OutputBuffer& out, std::string_view text) {
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text.front());
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        std::uint32_t point = length == 1 ? lead : lead & (0x7fU >> length);
        for (std::size_t i = 1; i < length; ++i)
            point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
        text.remove_prefix(length);
        if (point < 0x10000) {
            append_unit(out, point);
            continue;
        }
        append_unit(out, 0xd800 + ((point - 0x10000) >> 10));
        append_unit(out, 0xdc00 + ((point - 0x10000) & 0x3ff));
    }
}

void append_utf8(OutputBuffer& out, std::uint32_t point) {
    const auto rest = [&](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3f)); };
    if (point < 0x80) return out.append(static_cast<char>(point));
    if (point < 0x800) {
        out.append(static_cast<char>(0xc0 | point >> 6));
    } else if (point < 0x10000) {
        out.append(static_cast<char>(0xe0 | point >> 12));
        out.append(rest(6));
    } else {
        out.append(static_cast<char>(0xf0 | point >> 18));
        out.append(rest(12));
        out.append(rest(6));
    }
    out.append(rest(0));
}

std::uint32_t unit_at(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
    return byte(at) | byte(at + 1) << 8;
}

// False at half a unit, or half a pair of them.
bool decode_utf16(std::string_view bytes, OutputBuffer& out) {
    if (bytes.size() % 2 != 0) return false;
    for (std::size_t at = 0; at < bytes.size(); at += 2) {
        std::uint32_t point = unit_at(bytes, at);
        if (point >= 0xdc00 && point <= 0xdfff) return false;
        if (point >= 0xd800 && point <= 0xdbff) {
            at += 2;
            const std::uint32_t low = at < bytes.size() ? unit_at(bytes, at) : 0;
            if (low < 0xdc00 || low > 0xdfff) return false;
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        }
        append_utf8(out, point);
    }
    return true;
}

class Utf16 final : public Syntax {
 public:
    explicit Utf16(std::unique_ptr<const Syntax> written) : written_(std::move(written)) {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        OutputBuffer text;
        PROVOST_CHECK(written_->render(parameters, secrets, text));
        const std::size_t start = out.size();
        out.append(byte_order_mark);
        append_utf16(out, text.view());
        if (out.size() - start <= max_file_size) return {};
        return refuse_parameter(parameters.empty() ? "" : parameters.back().name,
                                "the file grows beyond 1 MiB");
    }

    Status read(std::string_view bytes, ParameterSink& sink) const override {
        if (bytes.size() > max_file_size) return refuse("the file is larger than 1 MiB");
        if (!bytes.starts_with(byte_order_mark)) return refuse("expected the byte order mark of UTF-16");
        OutputBuffer text;
        if (!decode_utf16(bytes.substr(byte_order_mark.size()), text)) return refuse("this is not UTF-16");
        return written_->read(text.view(), sink);
    }

    [[nodiscard]] std::string shown(std::string_view bytes) const override {
        OutputBuffer text;
        if (!bytes.starts_with(byte_order_mark) || !decode_utf16(bytes.substr(byte_order_mark.size()), text))
            return {};
        return std::string(text.view());
    }

 private:
    static Status refuse(const char* what) {
        return fail({"P-2302", what, "line 1, column 1", "only what this syntax writes itself is read back"});
    }

    std::unique_ptr<const Syntax> written_;
};

}  // namespace

std::unique_ptr<const Syntax> in_utf16(std::unique_ptr<const Syntax> written) {
    return std::make_unique<const Utf16>(std::move(written));
}

}  // namespace provost
