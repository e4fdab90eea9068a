#include "base/ascii.h"
#include "net/control_door.h"
#include "net/control_wire.h"

#include <cerrno>
#include <charconv>
#include <cstring>

namespace provost {

namespace {

constexpr int answer_seconds = 600;  // an import of a large list takes its time
constexpr std::size_t reply_limit = 512 * 1024 * 1024;

Error client_error(const std::filesystem::path& socket, std::string what, std::string why) {
    return {"P-7011", std::move(what), socket.string(), std::move(why),
            "Check that the server runs and that you may use its socket"};
}

std::string to_wire(const ApiRequest& request) {
    std::string out = request.method + ' ' + to_text(RequestTarget{request.path, request.query}) +
                      " HTTP/1.1\r\nHost: localhost\r\n";
    for (const auto& [name, value] : request.headers) out += name + ": " + value + "\r\n";
    return out + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
}

// Takes the line up to CRLF off the front of `text`.
std::string_view take_line(std::string_view& text) {
    const auto end = text.find("\r\n");
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    return line;
}

// The server closes after each answer, so `wire` is one whole answer or it was cut.
std::optional<ApiReply> from_wire(std::string_view wire, bool to_head) {
    ApiReply reply;
    const auto start = take_line(wire);
    if (!start.starts_with("HTTP/1.1 ") || start.size() < 12) return std::nullopt;
    std::from_chars(start.data() + 9, start.data() + 12, reply.status);
    for (auto line = take_line(wire); !line.empty(); line = take_line(wire)) {
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos) return std::nullopt;
        reply.headers[lower_case(line.substr(0, colon))] = line.substr(colon + 2);
    }
    reply.content_type = reply.headers["content-type"];
    if (!to_head && std::to_string(wire.size()) != reply.headers["content-length"]) return std::nullopt;
    reply.body = wire;
    return reply;
}

}  // namespace

Result<ApiReply> call_control_door(const std::filesystem::path& socket, const ApiRequest& request) {
    const auto door = UnixSocket::make();
    if (!door.connect(socket))
        return fail(client_error(socket, "no server answers on the control socket", std::strerror(errno)));
    door.set_deadline(answer_seconds);
    std::string wire;
    // A refused request is answered before it was taken whole, so an answer is looked for in any case.
    const bool sent = door.send_all(to_wire(request));
    long got = 1;
    while (got > 0 && wire.size() < reply_limit) got = door.receive(wire);
    auto reply = from_wire(wire, request.method == "HEAD");
    if (reply) return std::move(*reply);
    return fail(client_error(socket, "the server's answer was cut",
                             sent ? "it stopped or took too long" : "it closed while the request was sent"));
}

}  // namespace provost
