#include "service/resync_job.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

// Lines of "name value", in a fixed order.
class Lines {
 public:
    explicit Lines(std::string_view text) : rest_(text) {}

    std::optional<std::string_view> take(std::string_view name) {
        const auto end = rest_.find('\n');
        if (end == rest_.npos) return std::nullopt;
        auto line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ' ')
            return std::nullopt;
        return line.substr(name.size() + 1);
    }
    bool number(std::string_view name, std::int64_t& value) {
        const auto text = take(name);
        const auto read = text ? whole_number(*text) : std::nullopt;
        if (read) value = *read;
        return read.has_value();
    }

 private:
    std::string_view rest_;
};

std::string line(std::string_view name, std::string_view value) {
    return std::string(name) + " " + std::string(value) + "\n";
}
std::string line(std::string_view name, std::int64_t value) {
    return line(name, std::to_string(value));
}

// Four phones a digit.
std::string bits(const std::vector<bool>& told) {
    std::string text;
    for (std::size_t i = 0; i < told.size(); i += 4) {
        unsigned value = 0;
        for (std::size_t k = 0; k < 4 && i + k < told.size(); ++k) value |= (told[i + k] ? 1U : 0U) << k;
        text += digits[value];
    }
    return text;
}

bool read_bits(std::string_view text, std::vector<bool>& told) {
    if (text.size() != (told.size() + 3) / 4) return false;
    for (std::size_t i = 0; i < told.size(); ++i) {
        const auto value = digits.find(text[i / 4]);
        if (value == digits.npos) return false;
        told[i] = (value >> (i % 4) & 1U) != 0;
    }
    return true;
}

bool read_phones(std::string_view text, std::vector<MacAddress>& phones) {
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 12))) {
        const auto mac = MacAddress::parse(text.substr(0, 12));
        if (!mac) return false;
        phones.push_back(*mac);
    }
    return !phones.empty();
}

bool read_order(Lines lines, ResyncJob& job) {
    std::int64_t made = 0, reboot = 0, spacing = 0, jitter = 0, seed = 0;
    if (!lines.number("id", job.id) || !lines.number("tenant", job.tenant) || !lines.number("made", made) ||
        !lines.number("reboot", reboot) || !lines.number("spacing", spacing) ||
        !lines.number("jitter", jitter) || !lines.number("seed", seed))
        return false;
    const auto window = lines.take("window"), actor = lines.take("actor"), scope = lines.take("scope"),
               phones = lines.take("phones");
    if (!window || !actor || !scope || !phones) return false;
    job.made = from_millis(made);
    job.reboot = reboot != 0;
    job.rules = {Duration(spacing), Duration(jitter), std::nullopt, static_cast<std::uint64_t>(seed)};
    if (*window != "any") {
        const auto read = DayWindow::parse(*window);
        if (!read) return false;
        job.rules.window = *read;
    }
    job.actor = *actor;
    job.scope = *scope;
    return read_phones(*phones, job.phones);
}

bool read_progress(Lines lines, ResyncJob& job) {
    std::int64_t done = 0, ended = 0;
    const auto state = lines.take("state");
    if (!state || !lines.number("done", done) || !lines.number("ended", ended)) return false;
    const auto told = lines.take("told");
    using State = ResyncJob::State;
    for (const auto one : {State::running, State::done, State::cancelled})
        if (*state == to_text(one)) job.state = one;
    job.done = static_cast<std::size_t>(done);
    job.ended = from_millis(ended);
    return told && read_bits(*told, job.told);
}

}  // namespace

std::size_t ResyncJob::count_told() const {
    return static_cast<std::size_t>(std::count(told.begin(), told.end(), true));
}

std::string_view to_text(ResyncJob::State state) {
    static constexpr std::string_view names[] = {"running", "done", "cancelled"};
    return names[static_cast<std::size_t>(state)];
}

std::string order_text(const ResyncJob& job) {
    std::string phones;
    for (const auto& mac : job.phones) phones += mac.lower();
    return line("id", job.id) + line("tenant", job.tenant) + line("made", to_millis(job.made)) +
           line("reboot", job.reboot ? 1 : 0) + line("spacing", job.rules.spacing.count()) +
           line("jitter", job.rules.jitter.count()) +
           line("seed", static_cast<std::int64_t>(job.rules.seed & INT64_MAX)) +
           line("window", job.rules.window ? job.rules.window->text() : "any") + line("actor", job.actor) +
           line("scope", job.scope) + line("phones", phones);
}

std::string progress_text(const ResyncJob& job) {
    return line("state", to_text(job.state)) + line("done", static_cast<std::int64_t>(job.done)) +
           line("ended", to_millis(job.ended)) + line("told", bits(job.told));
}

std::optional<ResyncJob> parse_job(std::string_view order, std::string_view progress) {
    ResyncJob job;
    if (!read_order(Lines(order), job)) return std::nullopt;
    job.told.resize(job.phones.size());
    if (!progress.empty() && !read_progress(Lines(progress), job)) return std::nullopt;
    return job;
}

}  // namespace provost
