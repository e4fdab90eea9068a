// A request to the REST resources and its answer, as api/ and the operators' doors exchange them.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace provost {

struct ApiRequest {
    std::string method;                          // upper case
    std::string path;                            // percent-decoded, without query
    std::map<std::string, std::string> query;    // decoded
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;                            // at most 64 MiB
    std::string actor;                           // "unix:root", from the peer's credentials
};
struct ApiReply {
    int status = 200;
    std::string content_type = "application/json";
    std::map<std::string, std::string> headers;
    std::string body;
};
using ApiHandler = std::function<ApiReply(const ApiRequest&)>;  // on a worker thread; must not throw

}  // namespace provost
