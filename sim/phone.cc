#include "sim/phone.h"

#include "crypto/digest.h"
#include "domain/settings.h"
#include "sim/files.h"
#include "sim/http_auth.h"

namespace provost::sim {

namespace {

constexpr const char* other_source = "127.0.0.2";
constexpr int most_redirects = 3;

std::filesystem::path file_of(const Phone::Setup& setup) {
    return setup.world->state / setup.maker->spec.vendor / setup.mac.lower();
}

// Why the server's answer is not what an orderly phone counts on; empty if it is.
std::string oddity(const Step& step, const AnswerTrace& trace) {
    if (!trace.failure.empty()) return trace.failure;
    const std::string status = "answered " + std::to_string(trace.status);
    if (step.required && trace.status != 200) return status + ", its own file was due";
    if (step.absent && trace.status != 404) return status + ", 404 was due";
    const bool stored = trace.status >= 200 && trace.status < 300;
    if (step.kind == StepKind::upload && !stored) return status + " to an upload";
    if (trace.status == 403 || trace.status >= 500) return status;
    return {};
}

}  // namespace

AnswerTrace trace_of(const std::string& step, Answer& answer) {
    return {.step = step,
            .status = answer.status,
            .connected = answer.connected,
            .secured = answer.secured,
            .likeness = answer.headers + to_hex(sha256(answer.body.view())),
            .failure = answer.failure};
}

Result<std::unique_ptr<Phone>> Phone::make(Setup setup) {
    const auto path = file_of(setup);
    PhoneMemory memory(*setup.maker, setup.world->realm);
    if (!setup.factory_reset && std::filesystem::exists(path)) {
        PROVOST_TRY(const std::string text, read_file(path));
        PROVOST_TRY(memory, PhoneMemory::parse(text, *setup.maker, setup.world->realm));
    }
    return std::unique_ptr<Phone>(new Phone(std::move(setup), std::move(memory)));
}

Phone::Phone(Setup setup, PhoneMemory memory) : setup_(std::move(setup)), memory_(std::move(memory)) {
    memory_.belong_to(setup_.mac);
    outcome_.vendor = setup_.maker->spec.vendor;
    outcome_.mac = setup_.mac;
    outcome_.has_accounts = !setup_.maker->spec.accounts.empty();
}

bool Phone::advance(Exchange::Clock::time_point now) {
    for (;;) {
        if (!busy_ && !begin_next(now)) return true;
        if (!exchange_->advance(now)) return false;
        busy_ = false;
        take(exchange_->take_answer());
    }
}

bool Phone::begin_next(Exchange::Clock::time_point now) {
    const auto& requests = setup_.plan.requests;
    while (next_ < requests.size() && is_skipped(requests[next_])) ++next_;
    const bool boot_ends =
        next_ == requests.size() || (next_ > 0 && requests[next_].boot != requests[next_ - 1].boot);
    if (boot_ends && !attempt_.again) end_boot();
    if (next_ == requests.size()) return false;
    const PlannedRequest& request = requests[next_];
    Status ready;
    if ((next_ == 0 || boot_ends) && !attempt_.again) ready = choose_address();
    if (ready) ready = connect_as(request);
    if (!ready) {
        outcome_.oddities.push_back(ready.error().text());
        return false;
    }
    begin(request, now);
    return true;
}

void Phone::begin(const PlannedRequest& request, Exchange::Clock::time_point now) {
    const bool last = next_ + 1 == setup_.plan.requests.size();
    Request asked{.method = request.step.method,
                  .path = attempt_.again ? attempt_.path : path_of(request.step),
                  .agent = request.step.agent,
                  .body = request.step.body,
                  .close = last || !setup_.plan.keep_alive};
    for (const NamedValue& header : setup_.maker->spec.headers)
        asked.headers.emplace_back(header.name, header.value);
    if (!attempt_.authorization.empty()) asked.headers.emplace_back("Authorization", attempt_.authorization);
    attempt_.again = false;
    attempt_.path = asked.path;
    exchange_->begin(asked, now);
    busy_ = true;
}

bool Phone::is_skipped(const PlannedRequest& request) const {
    if (stopped_ && next_ > 0 && request.boot == setup_.plan.requests[next_ - 1].boot) return true;
    return !request.step.after_missing.empty() && !missing_.contains(request.step.after_missing);
}

const Target& Phone::target() const {
    return address_ ? address_->target : *setup_.world->target;
}

// An address that names a file is asked for exactly that one.
std::string Phone::path_of(const Step& step) const {
    return step.required && address_ && !address_->file.empty() ? address_->file : step.path;
}

Status Phone::choose_address() {
    if (setup_.address.empty()) return {};
    const auto told = memory_.address();
    const std::string wanted =
        told ? *told : given_address(setup_.maker->spec.login, setup_.address, setup_.mac);
    if (wanted == called_) return {};
    PROVOST_TRY(address_, parse_address(wanted));
    called_ = wanted;
    shown_ = nullptr;
    return {};
}

// Keeps the connection if it is still open and the phone goes on as it was.
Status Phone::connect_as(const PlannedRequest& request) {
    const bool same = shown_ != nullptr && shown_->credential == request.credential;
    if (same && shown_->manner == request.manner && exchange_->reusable()) return {};
    if (!same) {
        PROVOST_TRY(identity_, setup_.world->certificates->identity(*setup_.maker, setup_.mac,
                                                                    request.credential, setup_.other));
    }
    shown_ = &request;
    exchange_ =
        std::make_unique<Exchange>(Exchange::Setup{.tls = setup_.world->tls,
                                                   .target = &target(),
                                                   .identity = &identity_,
                                                   .manner = request.manner,
                                                   .source = request.manner.other_source ? other_source : "",
                                                   .deadline = setup_.world->deadline});
    return {};
}

bool Phone::asks_again(const Step& step, const Answer& answer) {
    attempt_.again = answer.whole && (follows(answer) || logs_in(step, answer));
    return attempt_.again;
}

// A redirection within the folder that the phone calls.
bool Phone::follows(const Answer& answer) {
    const bool redirection = answer.status == 301 || answer.status == 302;
    if (!redirection || !setup_.maker->spec.follows_redirects || ++attempt_.redirects > most_redirects)
        return false;
    static const RE2 location("(?:^|\n)location: ([^\n]*)\n");
    std::string to;
    if (!RE2::PartialMatch(answer.headers, location, &to)) return false;
    const std::string here = "https://" + target().authority;
    if (to.starts_with(here)) to.erase(0, here.size());
    if (!to.starts_with(target().prefix)) return false;
    attempt_.path = to.substr(target().prefix.size());
    return true;
}

// Once for each request, as phones do.
bool Phone::logs_in(const Step& step, const Answer& answer) {
    if (answer.status != 401 || !attempt_.authorization.empty()) return false;
    auto login = memory_.login();
    if (!login && address_) login = address_->login;
    const auto offered = read_challenges(answer.headers);
    const Challenge* const chosen = choose(offered, setup_.maker->spec.login.schemes);
    if (!login || chosen == nullptr) return false;
    attempt_.authorization = authorize(
        *chosen, *login, {.method = step.method, .uri = target().prefix + attempt_.path}, make_cnonce());
    return true;
}

void Phone::take(Answer answer) {
    const PlannedRequest& request = setup_.plan.requests[next_];
    const Step& step = request.step;
    if (asks_again(step, answer)) return;
    attempt_ = {};
    ++next_;
    const AnswerTrace trace = trace_of(step.id, answer);
    const bool has_file = answer.whole && answer.status == 200;
    if (!has_file) missing_.insert(step.id);
    if (has_file && step.method == "GET") take_file(step, answer);
    const bool has_content = has_file && !answer.body.empty();
    stopped_ = stopped_ || (step.stops == Stops::served && has_file) ||
               (step.stops == Stops::without_content && !has_content);
    if (step.required) outcome_.own = trace;
    if (request.judged) outcome_.judged.push_back(trace);
    note(step, trace);
}

void Phone::take_file(const Step& step, const Answer& answer) {
    if (step.kind == StepKind::overwrite) {
        const Pattern& keeps = setup_.maker->spec.memory.keeps;
        const std::string_view text = answer.body.view();
        const bool off = keeps.compiled != nullptr && RE2::PartialMatch(text, *keeps.compiled);
        boot_.overwrite = boot_.overwrite || !off;
    }
    if (step.kind != StepKind::settings) return;
    if (const Status read = memory_.read(step.id, answer.body.view(), boot_); !read)
        outcome_.oddities.push_back(step.id + ": " + read.error().text());
}

void Phone::note(const Step& step, const AnswerTrace& trace) {
    if (const std::string why = oddity(step, trace); !why.empty())
        outcome_.oddities.push_back(step.id + ": " + why);
}

void Phone::end_boot() {
    if (memory_.apply(boot_)) outcome_.with_secret = true;
    boot_ = {};
    missing_.clear();
    stopped_ = false;
    outcome_.accounts.clear();
    for (int line = 1; line <= max_lines; ++line) {
        if (auto account = memory_.account(line)) outcome_.accounts.push_back(std::move(*account));
    }
    if (const Status written = write_file(file_of(setup_), memory_.format()); !written)
        outcome_.oddities.push_back(written.error().text());
}

}  // namespace provost::sim
