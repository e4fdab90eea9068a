// Who comes through the admin listener: a browser with a session, a program with a token, or nobody yet. It
// answers what is about the session and the person itself (docs/reference/sign-in.md), and passes everything
// else on with `who` filled.
#pragma once

#include "service/api_message.h"
#include "service/people/api_tokens.h"
#include "service/people/sign_in.h"

#include <memory>
#include <string>

namespace provost {

using AdminGateSettings = SignInSettings;

struct WebRequest {
    ApiRequest request;
    std::string peer;  // address
};

class AdminGate {
 public:
    // `pass_on` is Api::handle. P-5030, P-5033: the key holder.
    static Result<std::unique_ptr<AdminGate>> open(House& house, AdminGateSettings settings,
                                                   ApiHandler pass_on);

    // Never throws; errors are RFC 9457 problems. Any thread.
    ApiReply handle(const WebRequest& request);

 private:
    AdminGate(std::unique_ptr<SignInDesk> desk, ApiHandler pass_on);

    Result<ApiReply> answer(const WebRequest& request);
    Result<ApiReply> answer_token(const WebRequest& request, const std::string& authorization);
    Result<ApiReply> answer_browser(const WebRequest& request);
    // `lives`: whether they still may. An answer that goes on ends soon after they may not any more.
    ApiReply forward(const WebRequest& request, Actor actor, std::function<bool()> lives);
    // Another site's page behind the request. P-8604.
    Status check_origin(const WebRequest& request, const SignedIn* who);
    Status check_csrf(const WebRequest& request, const SignedIn& who);
    tl::unexpected<Error> forged(const WebRequest& request, const SignedIn* who, std::string why);

    std::unique_ptr<SignInDesk> desk_;
    Sessions sessions_;
    ApiTokens tokens_;
    const ApiHandler pass_on_;
};

}  // namespace provost
