#include "sim/phone_memory.h"

#include "crypto/digest.h"
#include "sim/names.h"
#include "sim/tab_file.h"
#include "vendor/catalogue.h"

#include <algorithm>
#include <set>

namespace provost::sim {

namespace {

constexpr std::string_view digest_mark = "sha256:";

// Kinds of rows in the stored form beside a parameter's own; no parameter's name begins with these.
constexpr char digest_row = '!', hand_row = '@', bytes_row = '#';

bool has_prefix(std::string_view name, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return name.starts_with(prefix); });
}

std::string digest_of(std::string_view bytes) {
    return to_hex(sha256(bytes));
}

}  // namespace

bool PhoneMemory::is_secret(const std::string& name) const {
    const auto& patterns = maker_->spec.memory.secrets;
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const Pattern& pattern) { return RE2::FullMatch(name, *pattern.compiled); });
}

Status PhoneMemory::read(const std::string& step, std::string_view bytes, BootFiles& boot) {
    boot.answered = true;
    if (passes_over(step, bytes)) return {};
    PROVOST_TRY(auto parameters, maker_->syntax->parse(bytes));
    TakenFile file = take_parameters(parameters, *maker_);
    for (ParsedParameter& parameter : parameters) wipe(parameter.value.data(), parameter.value.size());
    if (!rises(file)) return {};
    last_bytes_[step] = digest_of(bytes);
    boot.files.push_back(std::move(file));
    return {};
}

bool PhoneMemory::passes_over(const std::string& step, std::string_view bytes) const {
    const MemoryRules& rules = maker_->spec.memory;
    if (!bytes.starts_with(rules.first_line)) return true;
    const bool by_bytes = rules.skips_unchanged || goes_by_change();
    const auto last = last_bytes_.find(step);
    return by_bytes && last != last_bytes_.end() && last->second == digest_of(bytes);
}

// Whether the phone was told to take any file that differs from the last.
bool PhoneMemory::goes_by_change() const {
    const auto& any_change = maker_->spec.memory.any_change;
    const std::string* const value = any_change ? find(any_change->name) : nullptr;
    return value != nullptr && *value == any_change->value;
}

// Whether the file's version is above the one that runs, where the phone goes by that.
bool PhoneMemory::rises(const TakenFile& file) const {
    const MemoryRules& rules = maker_->spec.memory;
    if (rules.version.empty()) return true;
    const std::string* const running = find(rules.version);
    if (running == nullptr || goes_by_change()) return true;
    return std::any_of(file.begin(), file.end(), [&](const TakenParameter& parameter) {
        return parameter.name == rules.version && compare_firmware(*running, parameter.value) < 0;
    });
}

// What goes before the files are applied.
void PhoneMemory::erase_before(const BootFiles& boot) {
    const MemoryRules& rules = maker_->spec.memory;
    if (!rules.wipes.empty()) {
        std::erase_if(entries_, [&](const auto& entry) { return has_prefix(entry.first, rules.wipes); });
        return;
    }
    const bool omission_erases = boot.overwrite || maker_->output.absent != AbsentMeans::kept;
    if (boot.files.empty() || !omission_erases) return;
    std::set<std::string_view> named;
    for (const TakenFile& file : boot.files) {
        for (const TakenParameter& parameter : file) named.insert(parameter.name);
    }
    const auto is_lost = [&](const auto& entry) {
        return !named.contains(entry.first) && !has_prefix(entry.first, rules.survives);
    };
    std::erase_if(entries_, is_lost);
    if (!rules.hand_wins) std::erase_if(by_hand_, is_lost);
}

void PhoneMemory::put(const TakenParameter& parameter) {
    if (parameter.beats_hand || !maker_->spec.memory.hand_wins) by_hand_.erase(parameter.name);
    switch (parameter.effect) {
        case Effect::set:
            entries_[parameter.name] = is_secret(parameter.name)
                                           ? std::string(digest_mark) + digest_of(parameter.value)
                                           : parameter.value;
            return;
        case Effect::clear:
            entries_[parameter.name].clear();
            return;
        case Effect::reset:
            entries_.erase(parameter.name);
            return;
        case Effect::keep:
            return;
    }
}

bool PhoneMemory::apply(BootFiles& boot) {
    if (!boot.answered) return false;
    erase_before(boot);
    Values sent;
    for (const TakenFile& file : boot.files) {
        for (const TakenParameter& parameter : file) {
            if (maker_->spec.memory.first_counts && sent.contains(parameter.name)) continue;
            put(parameter);
            sent[parameter.name] = parameter.effect == Effect::set ? parameter.value : "";
        }
    }
    const bool with_password = learn_passwords(sent);
    for (auto& [name, value] : sent) wipe(value.data(), value.size());
    for (TakenFile& file : boot.files) {
        for (TakenParameter& parameter : file) wipe(parameter.value.data(), parameter.value.size());
    }
    return with_password;
}

void PhoneMemory::set_by_hand(const std::string& name, std::string value) {
    by_hand_[name] = std::move(value);
}

const std::string* PhoneMemory::find(const std::string& name) const {
    if (const auto found = by_hand_.find(name); found != by_hand_.end()) return &found->second;
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
}

const std::string* PhoneMemory::first_set(const std::vector<std::string>& names, int line) const {
    for (const std::string& name : names) {
        const std::string* const value = find(expand(name, {.mac = mac_, .line = line}));
        if (value != nullptr && !value->empty()) return value;
    }
    return nullptr;
}

void PhoneMemory::factory_reset() {
    for (Values* values : {&entries_, &by_hand_, &digests_, &last_bytes_}) values->clear();
}

std::string PhoneMemory::format() const {
    std::string text;
    for (const auto& [name, value] : entries_) append_row(text, {name, value});
    for (const auto& [kind, values] : {std::pair{hand_row, &by_hand_}, std::pair{digest_row, &digests_},
                                       std::pair{bytes_row, &last_bytes_}}) {
        for (const auto& [name, value] : *values) append_row(text, {kind + name, value});
    }
    return text;
}

// Where a row belongs; takes the mark of its kind off the name.
PhoneMemory::Values* PhoneMemory::section(std::string& name) {
    const char kind = name.empty() ? '\0' : name.front();
    Values* values = &entries_;
    if (kind == digest_row) values = &digests_;
    if (kind == hand_row) values = &by_hand_;
    if (kind == bytes_row) values = &last_bytes_;
    if (values != &entries_) name.erase(0, 1);
    return values;
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
        std::string name = row[0];
        Values* const values = memory.section(name);
        (*values)[name] = row[1];
    }
    return memory;
}

}  // namespace provost::sim
