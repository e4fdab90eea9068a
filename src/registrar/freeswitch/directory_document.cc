#include "registrar/freeswitch/directory_document.h"

#include "domain/text.h"

#include <utility>

namespace provost::registrar {

namespace {

constexpr std::size_t most_fields = 500, longest_of_login = 512;
constexpr std::string_view beginning = R"(<?xml version="1.0" encoding="UTF-8"?>
<document type="freeswitch/xml">
)";

struct Fields {
    std::string section, user, domain, action;
    PhoneLogin login;
    bool broken = false, login_broken = false;
};

// Where a field goes, and what it spoils if it is odd.
struct Place {
    std::string* value = nullptr;
    bool* broken = nullptr;
    std::size_t longest = 0;
};

Place place_of(std::string_view name, Fields& fields) {
    const std::pair<std::string_view, std::string&> asked[] = {
        {"section", fields.section}, {"user", fields.user}, {"domain", fields.domain}};
    for (const auto& [known, value] : asked)
        if (name == known) return {&value, &fields.broken, longest_asked_name};
    auto& login = fields.login;
    const std::pair<std::string_view, std::string&> sent[] = {{"action", fields.action},
                                                              {"sip_auth_method", login.method},
                                                              {"sip_auth_uri", login.uri},
                                                              {"sip_auth_nonce", login.nonce},
                                                              {"sip_auth_qop", login.qop},
                                                              {"sip_auth_nc", login.count},
                                                              {"sip_auth_cnonce", login.client_nonce},
                                                              {"sip_auth_response", login.response}};
    for (const auto& [known, value] : sent)
        if (name == known) return {&value, &fields.login_broken, longest_of_login};
    return {};
}

// What is said twice must be the same twice: else it depends on the reader whom it asks for.
void take(std::string_view pair, Fields& fields) {
    const auto equals = pair.find('=');
    const auto place = place_of(pair.substr(0, equals), fields);
    if (place.value == nullptr || equals == pair.npos) return;
    const auto value = percent_decode(pair.substr(equals + 1), true);
    const bool takes = value && is_clean_text(*value) && value->size() <= place.longest &&
                       (place.value->empty() || *place.value == *value);
    if (takes)
        *place.value = *value;
    else
        *place.broken = true;
}

std::optional<PhoneLogin> login_of(Fields& fields) {
    const bool has_one =
        !fields.login_broken && fields.action == "sip_auth" && !fields.login.response.empty();
    return has_one ? std::optional(std::move(fields.login)) : std::nullopt;
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
    auto login = login_of(fields);
    return DirectoryQuestion{std::move(fields.user), std::move(fields.domain), std::move(login)};
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
