// A request to the REST resources and its answer, as api/ and the operators' doors exchange them.
#pragma once

#include "domain/actor.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace provost {

struct ApiRequest {
    std::string method;                          // upper case
    std::string path;                            // percent-decoded, without query
    std::map<std::string, std::string> query;    // decoded
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;                            // at most 64 MiB
    std::string actor;                           // "unix:root", from the peer's credentials
    Actor who;                                   // what the door knows of it; as made it may do nothing
};
struct ApiReply {
    int status = 200;
    std::string content_type = "application/json";
    std::map<std::string, std::string> headers;
    std::string body;
    // Of server-sent events: after the head and the body a door sends what this gives, until nullopt. One
    // thread asks it for all who watch, several times a second: it gives what there is, an empty text where
    // there is nothing, and does not wait.
    std::function<std::optional<std::string>()> follow = {};
};
using ApiHandler = std::function<ApiReply(const ApiRequest&)>;  // on a worker thread; must not throw

}  // namespace provost
