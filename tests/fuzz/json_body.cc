// The body of a request to the control socket's API. What is taken is an object of known members with values
// of their types; all else is an error with a code.
#include "api/json.h"
#include "fuzz.h"

using provost::Body;
using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    provost::ApiRequest request;
    request.body = provost::fuzz::text_of(data, size);
    const provost::ApiCall call{request, {}};
    const auto body = Body::read(call, {"mac", "settings", "arm"});
    if (!body) {
        require(body.error().code.starts_with("P-80"), "an error has its code");
        return 0;
    }
    for (const auto code :
         {body->text("mac").map([](const auto&) {}), body->flag("arm").map([](const auto&) {}),
          body->settings("settings").map([](const auto&) {})})
        require(code || code.error().code == "P-8002", "a value of another type is named");
    return 0;
}
