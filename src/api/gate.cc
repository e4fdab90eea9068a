#include "api/gate.h"

#include "api/cookies.h"
#include "api/gate_route.h"
#include "api/json.h"
#include "api/path_shape.h"
#include "api/request_check.h"
#include "crypto/digest.h"

#include <array>
#include <chrono>
#include <functional>

namespace provost {

namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr auto look_again = std::chrono::seconds(5);
// What a token can't do, whatever its role: it is about people, who prove themselves in other ways, or asks
// for a person's eyes.
constexpr std::array<std::string_view, 5> for_people_alone{"/v1/session", "/v1/me", "/v1/people",
                                                           "/v1/tokens", "/v1/approvals"};

std::string header(const ApiRequest& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
}

// What a page asks for by a timer, or watches, keeps no session alive: nobody may be there.
SessionUse use_of(const ApiRequest& request) {
    const bool watches = header(request, "accept").find("text/event-stream") != std::string::npos;
    return watches || !header(request, "x-provost-background").empty() ? SessionUse::page
                                                                       : SessionUse::person;
}

bool is_safe(const std::string& method) {
    return method == "GET" || method == "HEAD";
}

// Bodies come as JSON: a form of another site can't send that.
Status check_json(const ApiRequest& request) {
    if (request.body.empty() || header(request, "content-type").starts_with("application/json")) return {};
    return fail(
        {"P-8001", "the request's body is not a JSON object", "Content-Type", "", "Send application/json."});
}

Error has_to_enrol() {
    return {"P-8606", "set up how you sign in first", "session", "",
            "Register a passkey, or set a password and TOTP."};
}

Status check_stage(Needs needs, const SignedIn* who) {
    if (needs == Needs::nobody) return {};
    if (who == nullptr) return fail(not_signed_in());
    const auto stage = who->session.stage;
    if (needs == Needs::half) return stage == SessionStage::second_factor ? Status() : fail(not_signed_in());
    if (stage == SessionStage::second_factor) return fail(not_signed_in());
    if (needs == Needs::whole && stage != SessionStage::whole) return fail(has_to_enrol());
    return {};
}

struct Found {
    const GateRoute* route = nullptr;
    std::vector<std::string> parts;
    std::string allowed;  // methods of its path; empty: that is not the gate's
};

Found find_route(const ApiRequest& request) {
    Found found;
    for (const auto& route : gate_routes()) {
        auto parts = match_path(route.path, request.path);
        if (!parts) continue;
        found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(route.method);
        if (route.method != request.method) continue;
        found.route = &route;
        found.parts = std::move(*parts);
    }
    return found;
}

}  // namespace

Result<std::unique_ptr<AdminGate>> AdminGate::open(House& house, AdminGateSettings settings,
                                                   ApiHandler pass_on) {
    PROVOST_TRY(auto desk, SignInDesk::open(house, std::move(settings)));
    return std::unique_ptr<AdminGate>(new AdminGate(std::move(desk), std::move(pass_on)));
}

AdminGate::AdminGate(std::unique_ptr<SignInDesk> desk, ApiHandler pass_on)
    : desk_(std::move(desk)), sessions_(*desk_), tokens_(desk_->house), pass_on_(std::move(pass_on)) {}

ApiReply AdminGate::handle(const WebRequest& request) {
    auto reply = answer(request);
    auto answered = reply ? std::move(*reply) : problem(reply.error());
    if (answered.status == 401) answered.headers["WWW-Authenticate"] = "Bearer";
    return answered;
}

Result<ApiReply> AdminGate::answer(const WebRequest& request) {
    const auto authorization = header(request.request, "authorization");
    return authorization.empty() ? answer_browser(request) : answer_token(request, authorization);
}

// The cookie and the token end here.
ApiReply AdminGate::forward(const WebRequest& request, Actor actor, std::function<bool()> lives) {
    auto passed = request.request;
    for (const auto* const name : {"cookie", "authorization", "x-provost-csrf"}) passed.headers.erase(name);
    passed.actor = actor.name;
    passed.who = std::move(actor);
    auto reply = pass_on_(passed);
    if (!reply.follow) return reply;
    reply.follow = [this, lives = std::move(lives), follow = std::move(reply.follow),
                    next = desk_->now() + look_again]() mutable {
        if (desk_->now() >= next) {
            if (!lives()) return std::optional<std::string>();
            next = desk_->now() + look_again;
        }
        return follow();
    };
    return reply;
}

Result<ApiReply> AdminGate::answer_token(const WebRequest& request, const std::string& authorization) {
    const std::string_view given = authorization;
    std::optional<ApiTokens::Found> token;
    if (given.starts_with(bearer)) {
        PROVOST_TRY(token, tokens_.find(given.substr(bearer.size()), request.peer));
    }
    if (!token) {
        auto event = person_event("token.refused", "", request.peer, desk_->now());
        desk_->tell_of_failure(std::move(event));
        auto error = not_signed_in();
        error.why = "the token is none, has ended or was removed";
        error.fix = "Make a new one.";
        return fail(std::move(error));
    }
    for (const auto root : for_people_alone)
        if (lies_within(request.request.path, root))
            return fail({"P-8620", "a token may not do this", "Authorization", "", "Sign in as a person."});
    return forward(request, std::move(token->actor),
                   [this, handle = token->handle] { return tokens_.lives(handle); });
}

tl::unexpected<Error> AdminGate::forged(const WebRequest& request, const SignedIn* who, std::string why) {
    auto event =
        person_event("gate.forged", who != nullptr ? who->person.login : "", request.peer, desk_->now());
    event.detail = why;
    event.method = request.request.method;
    event.path = request.request.path.substr(0, 256);
    desk_->tell_of_failure(std::move(event));
    return fail({"P-8604", "this request does not come from this server's own page", "Origin", std::move(why),
                 "Open the page anew at its own address."});
}

// Browsers say where a request comes from, by one header or the other (Fetch, section 3.2; Fetch Metadata).
Status AdminGate::check_origin(const WebRequest& request, const SignedIn* who) {
    const auto site = header(request.request, "sec-fetch-site");
    if (is_safe(request.request.method)) {
        if (site.empty() || site == "same-origin" || site == "none") return {};
        return forged(request, who, "another site's page asked");
    }
    const auto origin = header(request.request, "origin");
    if (!site.empty() && site != "same-origin") return forged(request, who, "another site's page asked");
    if (origin.empty() && site.empty()) return forged(request, who, "it does not say which page asked");
    if (!origin.empty() && origin != desk_->settings.origin)
        return forged(request, who, "another site's page asked");
    return {};
}

Status AdminGate::check_csrf(const WebRequest& request, const SignedIn& who) {
    if (is_safe(request.request.method)) return {};
    if (same_bytes(header(request.request, "x-provost-csrf"), sessions_.csrf(who.session))) return {};
    return forged(request, &who, "the header X-Provost-CSRF is missing or another session's");
}

Result<ApiReply> AdminGate::answer_browser(const WebRequest& request) {
    const auto& asked = request.request;
    const auto cookie = cookie_of(asked, session_cookie);
    PROVOST_TRY(const auto found, sessions_.find(cookie, use_of(asked)));
    if (!found) sessions_.note_unknown(cookie, request.peer);
    const auto* const who = found ? &*found : nullptr;
    PROVOST_CHECK(check_origin(request, who));
    auto own = find_route(asked);
    if (!own.allowed.empty() && own.route == nullptr) return method_refused(asked.method, own.allowed);
    const auto needs = own.route == nullptr ? Needs::whole : own.route->needs;
    PROVOST_CHECK(check_stage(needs, who));
    if (needs == Needs::person || needs == Needs::whole) PROVOST_CHECK(check_csrf(request, *who));
    if (own.route == nullptr)
        return forward(request, sessions_.actor(*who, request.peer),
                       [this, id = who->session.id] { return sessions_.lives(id); });
    PROVOST_CHECK(check_json(asked));
    PROVOST_CHECK(check_request(own.route->method, own.route->path, asked));
    const WebPeer peer{request.peer, header(asked, "user-agent"), cookie_of(asked, browser_cookie)};
    const ApiCall call{asked, std::move(own.parts)};
    return own.route->handler({*desk_, call, peer, who});
}

}  // namespace provost
