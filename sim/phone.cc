#include "sim/phone.h"

#include "crypto/digest.h"
#include "domain/settings.h"
#include "sim/files.h"
#include "vendor/syntax/syntax.h"

namespace provost::sim {

namespace {

constexpr const char* other_source = "127.0.0.2";

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
    if (std::filesystem::exists(path)) {
        PROVOST_TRY(const std::string text, read_file(path));
        PROVOST_TRY(memory, PhoneMemory::parse(text, *setup.maker, setup.world->realm));
    }
    return std::unique_ptr<Phone>(new Phone(std::move(setup), std::move(memory)));
}

Phone::Phone(Setup setup, PhoneMemory memory) : setup_(std::move(setup)), memory_(std::move(memory)) {
    outcome_.vendor = setup_.maker->spec.vendor;
    outcome_.mac = setup_.mac;
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
    if (boot_ends) end_boot();
    if (next_ == requests.size()) return false;
    const PlannedRequest& request = requests[next_];
    if (const Status connected = connect_as(request); !connected) {
        outcome_.oddities.push_back(connected.error().text());
        return false;
    }
    const bool last = next_ + 1 == requests.size();
    exchange_->begin({.method = request.step.method,
                      .path = request.step.path,
                      .agent = request.step.agent,
                      .body = request.step.body,
                      .close = last || !setup_.plan.keep_alive},
                     now);
    busy_ = true;
    return true;
}

bool Phone::is_skipped(const PlannedRequest& request) const {
    return !request.step.after_missing.empty() && !missing_.contains(request.step.after_missing);
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
                                                   .target = setup_.world->target,
                                                   .identity = &identity_,
                                                   .manner = request.manner,
                                                   .source = request.manner.other_source ? other_source : "",
                                                   .deadline = setup_.world->deadline});
    return {};
}

void Phone::take(Answer answer) {
    const PlannedRequest& request = setup_.plan.requests[next_++];
    const Step& step = request.step;
    const AnswerTrace trace = trace_of(step.id, answer);
    const bool has_file = answer.whole && answer.status == 200;
    if (!has_file) missing_.insert(step.id);
    if (has_file && step.method == "GET") take_file(step, answer);
    if (step.required) outcome_.own = trace;
    if (request.judged) outcome_.judged.push_back(trace);
    note(step, trace);
}

void Phone::take_file(const Step& step, Answer& answer) {
    if (step.kind == StepKind::overwrite) {
        const Pattern& keeps = setup_.maker->spec.memory.keeps;
        const std::string_view text = answer.body.view();
        const bool off = keeps.compiled != nullptr && RE2::PartialMatch(text, *keeps.compiled);
        boot_.overwrite = boot_.overwrite || !off;
    }
    if (step.kind != StepKind::settings) return;
    auto parameters = setup_.maker->syntax->parse(answer.body.view());
    if (parameters)
        boot_.files.push_back(std::move(*parameters));
    else
        outcome_.oddities.push_back(step.id + ": " + parameters.error().text());
}

void Phone::note(const Step& step, const AnswerTrace& trace) {
    if (const std::string why = oddity(step, trace); !why.empty())
        outcome_.oddities.push_back(step.id + ": " + why);
}

void Phone::end_boot() {
    if (memory_.apply(boot_)) outcome_.with_secret = true;
    boot_ = {};
    missing_.clear();
    outcome_.accounts.clear();
    for (int line = 1; line <= max_lines; ++line) {
        if (auto account = memory_.account(line)) outcome_.accounts.push_back(std::move(*account));
    }
    if (const Status written = write_file(file_of(setup_), memory_.format()); !written)
        outcome_.oddities.push_back(written.error().text());
}

}  // namespace provost::sim
