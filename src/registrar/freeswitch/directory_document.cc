#include "registrar/freeswitch/directory_document.h"

#include <array>

namespace provost::registrar {

namespace {

constexpr std::size_t most_fields = 500, longest_name = 128;
constexpr std::string_view beginning = R"(<?xml version="1.0" encoding="UTF-8"?>
<document type="freeswitch/xml">
)";

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// nullopt: a broken escape, or what stands in no name: controls, NUL among them.
std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i] == '+' ? ' ' : text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
        plain += c;
    }
    return plain;
}

struct Fields {
    std::string section, tag, user, domain;
    bool broken = false;

    [[nodiscard]] std::string* find(std::string_view name) {
        if (name == "section") return &section;
        if (name == "tag_name") return &tag;
        if (name == "user") return &user;
        if (name == "domain") return &domain;
        return nullptr;
    }
};

// The first of a name counts, as it does for whoever wrote it; a second one is a trick.
void take(std::string_view pair, Fields& fields) {
    const auto equals = pair.find('=');
    auto* const field = fields.find(pair.substr(0, equals));
    if (field == nullptr || equals == pair.npos) return;
    auto value = decoded(pair.substr(equals + 1));
    fields.broken |= !value || !field->empty() || value->size() > longest_name;
    if (value) *field = std::move(*value);
}

void append_escaped(std::string_view text, OutputBuffer& out) {
    for (const char c : text) switch (c) {
            case '&':
                out.append("&amp;");
                break;
            case '<':
                out.append("&lt;");
                break;
            case '>':
                out.append("&gt;");
                break;
            case '"':
                out.append("&quot;");
                break;
            default:
                out.append(c);
        }
}

}  // namespace

std::optional<DirectoryQuestion> read_question(std::string_view form) {
    Fields fields;
    for (std::size_t count = 0; !form.empty(); ++count) {
        if (count == most_fields) return std::nullopt;
        const auto end = form.find('&');
        take(form.substr(0, end), fields);
        form.remove_prefix(end == form.npos ? form.size() : end + 1);
    }
    const bool asks_for_a_user =
        fields.section == "directory" && !fields.user.empty() && !fields.domain.empty();
    if (fields.broken || !asks_for_a_user) return std::nullopt;
    return DirectoryQuestion{std::move(fields.user), std::move(fields.domain)};
}

void write_user(const DirectoryQuestion& question, std::string_view ha1, OutputBuffer& document) {
    document.append(beginning);
    document.append("  <section name=\"directory\">\n    <domain name=\"");
    append_escaped(question.domain, document);
    document.append("\">\n      <user id=\"");
    append_escaped(question.user, document);
    document.append("\">\n        <params>\n          <param name=\"a1-hash\" value=\"");
    append_escaped(ha1, document);
    document.append(
        "\"/>\n          <param name=\"allow-empty-password\" value=\"false\"/>\n        </params>\n"
        "      </user>\n    </domain>\n  </section>\n</document>\n");
}

void write_not_found(OutputBuffer& document) {
    document.append(beginning);
    document.append(
        "  <section name=\"result\">\n    <result status=\"not found\"/>\n  </section>\n</document>\n");
}

}  // namespace provost::registrar
