#include "sim/phone_memory.h"

#include "crypto/digest.h"
#include "domain/settings.h"
#include "sim/names.h"
#include "sim/tab_file.h"

#include <algorithm>

namespace provost::sim {

namespace {

constexpr std::string_view digest_mark = "sha256:";
constexpr std::string_view digest_names = "!";  // no parameter's name begins with it

bool has_prefix(std::string_view name, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return name.starts_with(prefix); });
}

std::string host_of(std::string_view address) {  // "host:port" -> "host", also "[::1]:5061"
    const auto bracket = address.find(']');
    const auto colon = address.find(':', bracket == address.npos ? 0 : bracket);
    return std::string(address.substr(0, colon));
}

}  // namespace

std::string PhoneMemory::name_of(const ParsedParameter& parameter) const {
    std::string name = parameter.name;
    for (const auto& [attribute, value] : parameter.attributes) {
        const auto& known = maker_->spec.memory.identified_by;
        if (std::find(known.begin(), known.end(), attribute) == known.end()) continue;
        name.append("[").append(attribute).append("=").append(value).append("]");
    }
    return name;
}

bool PhoneMemory::is_secret(const std::string& name) const {
    const auto& patterns = maker_->spec.memory.secrets;
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const Pattern& pattern) { return RE2::FullMatch(name, *pattern.compiled); });
}

void PhoneMemory::put(const ParsedParameter& parameter) {
    const std::string name = name_of(parameter);
    const std::string& reset = maker_->spec.memory.reset_value;
    if (!reset.empty() && parameter.value == reset) {
        entries_.erase(name);
        return;
    }
    if (!parameter.value.empty()) {
        entries_[name] =
            is_secret(name) ? std::string(digest_mark) + to_hex(sha256(parameter.value)) : parameter.value;
        return;
    }
    switch (maker_->output.empty) {
        case EmptyMeans::kept:
            return;
        case EmptyMeans::cleared:
            entries_[name].clear();
            return;
        case EmptyMeans::reset:
        case EmptyMeans::unknown:
            entries_.erase(name);
            return;
    }
}

void PhoneMemory::erase_omitted(const BootFiles& boot) {
    std::map<std::string, bool> named;
    for (const auto& file : boot.files) {
        for (const ParsedParameter& parameter : file) named[name_of(parameter)] = true;
    }
    std::erase_if(entries_, [&](const auto& entry) {
        return !named.contains(entry.first) && !has_prefix(entry.first, maker_->spec.memory.survives);
    });
}

bool PhoneMemory::apply(BootFiles& boot) {
    if (boot.files.empty()) return false;
    if (boot.overwrite || maker_->output.absent != AbsentMeans::kept) erase_omitted(boot);
    for (const auto& file : boot.files) {
        for (const ParsedParameter& parameter : file) put(parameter);
    }
    const bool with_password = learn_passwords(boot);
    for (auto& file : boot.files) {
        for (ParsedParameter& parameter : file) wipe(parameter.value.data(), parameter.value.size());
    }
    return with_password;
}

bool PhoneMemory::learn_passwords(const BootFiles& boot) {
    std::map<std::string, const std::string*> sent;
    for (const auto& file : boot.files) {
        for (const ParsedParameter& parameter : file) sent[name_of(parameter)] = &parameter.value;
    }
    bool learned = false;
    const auto line_of = [&](int line, const std::string& name) {
        const auto found = sent.find(expand(name, {.line = line}));
        if (found == sent.end() || found->second->empty()) return;
        learned = true;
        const auto known = account(line);
        if (!known) return;
        const std::string realm = realm_.empty() ? host_of(known->registrar) : realm_;
        const Secret password = Secret::copy_of(*found->second);
        const std::string number = "." + std::to_string(line);
        digests_["ha1_md5" + number] = ha1_md5(known->auth_user, realm, password);
        digests_["ha1_sha256" + number] = ha1_sha256(known->auth_user, realm, password);
    };
    for (int line = 1; line <= max_lines; ++line) {
        for (const std::string& name : maker_->spec.account.password) line_of(line, name);
    }
    return learned;
}

const std::string* PhoneMemory::find(const std::string& name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
}

const std::string* PhoneMemory::first_set(const std::vector<std::string>& names, int line) const {
    for (const std::string& name : names) {
        const std::string* const value = find(expand(name, {.line = line}));
        if (value != nullptr && !value->empty()) return value;
    }
    return nullptr;
}

std::optional<LineAccount> PhoneMemory::account(int line) const {
    const AccountNames& names = maker_->spec.account;
    if (!names.enabled.empty()) {
        const std::string* const enabled = first_set({names.enabled}, line);
        if (enabled == nullptr || *enabled != names.enabled_value) return std::nullopt;
    }
    const std::string* const user = first_set(names.user, line);
    const std::string* const registrar = first_set(names.registrar, line);
    const std::string* const password = first_set(names.password, line);
    if (user == nullptr || registrar == nullptr || password == nullptr) return std::nullopt;
    const std::string* const auth_user = first_set(names.auth_user, line);
    const auto digest = [&](const char* kind) {
        const auto found = digests_.find(kind + std::to_string(line));
        return found == digests_.end() ? std::string() : found->second;
    };
    return LineAccount{*user,
                       auth_user == nullptr ? *user : *auth_user,
                       *registrar,
                       password->starts_with(digest_mark) ? password->substr(digest_mark.size()) : "",
                       digest("ha1_md5."),
                       digest("ha1_sha256.")};
}

void PhoneMemory::factory_reset() {
    entries_.clear();
    digests_.clear();
}

std::string PhoneMemory::format() const {
    std::string text;
    for (const auto& [name, value] : entries_) append_row(text, {name, value});
    for (const auto& [name, value] : digests_) append_row(text, {std::string(digest_names) + name, value});
    return text;
}

Result<PhoneMemory> PhoneMemory::parse(std::string_view text, const PhoneMaker& maker, std::string realm) {
    PhoneMemory memory(maker, std::move(realm));
    PROVOST_TRY(const auto rows, read_rows(text));
    for (const auto& row : rows) {
        if (row.size() != 2) {
            return fail({.code = "P-9007",
                         .what = "a line of a phone's memory is not name and value",
                         .fix = "Remove the file: the phone then begins as from the factory"});
        }
        const bool digest = row[0].starts_with(digest_names);
        (digest ? memory.digests_ : memory.entries_)[digest ? row[0].substr(1) : row[0]] = row[1];
    }
    return memory;
}

}  // namespace provost::sim
