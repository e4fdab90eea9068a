#include "registrar/freeswitch/directory_document.h"

#include "domain/text.h"

namespace provost::registrar {

namespace {

constexpr std::size_t most_fields = 500, longest_name = 128;
constexpr std::string_view beginning = R"(<?xml version="1.0" encoding="UTF-8"?>
<document type="freeswitch/xml">
)";

struct Fields {
    std::string section, user, domain;
    bool broken = false;

    [[nodiscard]] std::string* find(std::string_view name) {
        if (name == "section") return &section;
        if (name == "user") return &user;
        if (name == "domain") return &domain;
        return nullptr;
    }
};

// What is said twice must be the same twice: else it depends on the reader whom it asks for.
void take(std::string_view pair, Fields& fields) {
    const auto equals = pair.find('=');
    auto* const field = fields.find(pair.substr(0, equals));
    if (field == nullptr || equals == pair.npos) return;
    const auto value = percent_decode(pair.substr(equals + 1), true);
    const bool takes = value && is_clean_text(*value) && value->size() <= longest_name &&
                       (field->empty() || *field == *value);
    if (takes)
        *field = *value;
    else
        fields.broken = true;
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
