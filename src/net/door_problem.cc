#include "net/door_problem.h"

namespace provost {

ApiReply door_problem(int status, std::string_view code, std::string_view what) {
    const std::string name(code), said(what);
    ApiReply reply;
    reply.status = status;
    reply.content_type = "application/problem+json";
    reply.body = R"({"code":")" + name + R"(","what":")" + said +
                 R"(","where":"request","why":"","fix":"","type":"https://provost.invalid/errors/)" + name +
                 R"(","title":")" + said + R"(","status":)" + std::to_string(status) + R"(,"detail":")" +
                 said + " [" + name + "]\"}\n";
    return reply;
}

}  // namespace provost
