#include "net/control_door.h"

#include "net/control_wire.h"
#include "net/door_problem.h"
#include "net/request_parser.h"
#include "net/response.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <vector>

#include <poll.h>
#include <pwd.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr int workers = 32;  // a long poll for events keeps one for up to 30 s
constexpr int control_backlog = 64;
constexpr int deadline_seconds = 30;
constexpr int pause_millis = 250;
constexpr int most_streams = 8;  // of events: each keeps a worker
constexpr RequestLimits limits{8'192, 32'768, 100, 64 * 1024 * 1024};

Error door_error(const std::filesystem::path& path, std::string why, std::string fix) {
    return {"P-7010", "can't open the control socket", path.string(), std::move(why), std::move(fix)};
}

// "unix:root", or "unix:1234" for a user without a name.
std::string actor_named(uid_t user) {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> room(16 * 1024);
    ::getpwuid_r(user, &entry, room.data(), room.size(), &found);
    return "unix:" + (found != nullptr ? std::string(found->pw_name) : std::to_string(user));
}

// False if the peer went away or sent what is no request.
bool read_request(const UnixSocket& peer, RequestParser& parser) {
    std::string input;
    while (parser.state() == RequestParser::State::head || parser.state() == RequestParser::State::body) {
        if (peer.receive(input) <= 0) return false;
        const auto was = parser.state();
        input.erase(0, parser.feed(input));
        if (was == RequestParser::State::body || parser.state() != RequestParser::State::body) continue;
        if (parser.head().expects_continue && input.empty() && !peer.send_all(go_on)) return false;
        input.erase(0, parser.feed(input));
    }
    return parser.state() == RequestParser::State::complete;
}

std::optional<ApiRequest> to_request(const RequestHead& head) {
    auto target = parse_target(head.target);
    if (!target) return std::nullopt;
    ApiRequest request;
    request.method = head.method;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.headers.insert(head.fields.begin(), head.fields.end());
    return request;
}

// Some replies hold a secret that is told once: none keeps its body.
bool send_reply(const UnixSocket& peer, ApiReply reply, bool to_head) {
    OutputBuffer out(1024 + reply.body.size());
    append_head(out, {reply.status, reply.content_type, reply.body.size(), false}, reply.headers);
    if (!to_head) out.append(reply.body);
    wipe(reply.body.data(), reply.body.size());
    return peer.send_all(out.view());
}

// Who may open the socket may read the data folder too: there is nothing to keep from it.
Actor owner_of_the_server(const std::string& name) {
    Actor actor;
    actor.name = name;
    if (name.empty()) return actor;  // the kernel didn't say who it is
    actor.role = Role::platform;
    actor.tenant = std::nullopt;
    actor.stepped_up = true;
    actor.source = "unix";
    return actor;
}

class ThreadedControlDoor final : public ControlDoor {
 public:
    ThreadedControlDoor(std::filesystem::path path, ApiHandler handler)
        : path_(std::move(path)), handler_(std::move(handler)) {}
    ~ThreadedControlDoor() override { stop(); }

    Status open();

 private:
    Status make_way() const;
    void work();
    void serve(const UnixSocket& peer);
    void answer(const UnixSocket& peer, const ApiRequest& request, bool to_head);
    void stream(const UnixSocket& peer, const ApiReply& reply);
    void stop();
    [[nodiscard]] std::string actor_of(const UnixSocket& peer) const;

    // Those who may open the socket, by name. Looked up once: a system's modules for that load code and talk
    // to services, which the sandbox has no room for.
    const std::map<uid_t, std::string> actors_{{0, actor_named(0)}, {::geteuid(), actor_named(::geteuid())}};
    const std::filesystem::path path_;
    const ApiHandler handler_;
    UnixSocket listener_, stopped_;  // the second becomes readable when the door closes
    std::vector<std::thread> workers_;
    std::mutex mutex_;
    std::set<int> peers_;  // being served
    std::atomic<bool> stopping_ = false;
    std::atomic<int> streams_ = 0;
};

std::string ThreadedControlDoor::actor_of(const UnixSocket& peer) const {
    ucred credentials{};
    socklen_t length = sizeof credentials;
    if (::getsockopt(peer.get(), SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return {};
    const auto known = actors_.find(credentials.uid);
    return known != actors_.end() ? known->second : "unix:" + std::to_string(credentials.uid);
}

// A socket file outlives a server that was killed; one that nobody answers on is in the way.
Status ThreadedControlDoor::make_way() const {
    struct stat status {};
    if (::lstat(path_.c_str(), &status) != 0) return {};
    if (!S_ISSOCK(status.st_mode))
        return fail(door_error(path_, "the file there is no socket", "Move it away or choose another path"));
    if (UnixSocket::make().connect(path_))
        return fail(door_error(path_, "another server answers on it", "Stop that server first"));
    ::unlink(path_.c_str());
    return {};
}

Status ThreadedControlDoor::open() {
    PROVOST_CHECK(make_way());
    listener_ = UnixSocket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    stopped_ = UnixSocket(::eventfd(0, EFD_CLOEXEC));
    // Before bind(), Linux gives the socket file the mode of the socket: it is never open to others.
    ::fchmod(listener_.get(), 0600);
    if (!listener_.bind(path_) || ::listen(listener_.get(), control_backlog) != 0)
        return fail(
            door_error(path_, std::strerror(errno), "Check that the folder exists and can be written"));
    try {
        for (int i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
    } catch (const std::system_error& error) {
        return fail(door_error(path_, error.what(), "Raise the limit on threads"));
    }
    return {};
}

void ThreadedControlDoor::work() {
    while (!stopping_) {
        std::array<pollfd, 2> events{{{listener_.get(), POLLIN, 0}, {stopped_.get(), POLLIN, 0}}};
        if (::poll(events.data(), events.size(), -1) < 0 || events[1].revents != 0) continue;
        // The listener doesn't block: another worker may have been quicker.
        const UnixSocket peer(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (peer.get() < 0) {
            // Out of handles or memory, the caller stays in the queue: asking at once would spin.
            const bool gone = errno == EAGAIN || errno == ECONNABORTED || errno == EINTR;
            if (!gone) (void)::poll(&events[1], 1, pause_millis);
            continue;
        }
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return;
            peers_.insert(peer.get());
        }
        serve(peer);
        const std::lock_guard lock(mutex_);
        peers_.erase(peer.get());
    }
}

void ThreadedControlDoor::serve(const UnixSocket& peer) {
    peer.set_deadline(deadline_seconds);
    std::string body;
    RequestParser parser(limits);
    parser.keep_body(&body);
    if (!read_request(peer, parser)) {
        if (parser.state() == RequestParser::State::refused)
            (void)send_reply(peer, door_problem(400, "P-8011", "not a request that this server takes"),
                             false);
        return;
    }
    auto request = to_request(parser.head());
    const bool to_head = parser.head().method == "HEAD";
    if (!request) {
        (void)send_reply(peer,
                         door_problem(400, "P-8012", "the address holds a broken escape or a repeated key"),
                         to_head);
        return;
    }
    request->body = std::move(body);
    request->actor = actor_of(peer);
    request->who = owner_of_the_server(request->actor);
    answer(peer, *request, to_head);
}

void ThreadedControlDoor::answer(const UnixSocket& peer, const ApiRequest& request, bool to_head) {
    auto reply = handler_(request);
    if (!reply.follow || to_head) return (void)send_reply(peer, std::move(reply), to_head);
    if (++streams_ <= most_streams)
        stream(peer, reply);
    else
        (void)send_reply(peer, door_problem(503, "P-8014", "too many watch events"), to_head);
    --streams_;
}

// Until its end, or until who watches leaves; at the door's end its socket says that too.
void ThreadedControlDoor::stream(const UnixSocket& peer, const ApiReply& reply) {
    OutputBuffer out;
    append_head(out, {reply.status, reply.content_type, std::nullopt, false}, reply.headers);
    out.append(reply.body);
    if (!peer.send_all(out.view())) return;
    pollfd left{peer.get(), POLLIN, 0};
    do {
        const auto text = reply.follow();
        if (!text || !peer.send_all(*text)) return;
    } while (::poll(&left, 1, pause_millis) == 0);
}

void ThreadedControlDoor::stop() {
    stopping_ = true;
    const std::uint64_t one = 1;
    (void)!::write(stopped_.get(), &one, sizeof one);
    {
        const std::lock_guard lock(mutex_);
        for (const int peer : peers_) ::shutdown(peer, SHUT_RD);  // running handlers may still answer
    }
    for (auto& worker : workers_) worker.join();
    if (!workers_.empty()) ::unlink(path_.c_str());
}

}  // namespace

Result<std::unique_ptr<ControlDoor>> open_control_door(const std::filesystem::path& socket,
                                                       ApiHandler handler) {
    auto door = std::make_unique<ThreadedControlDoor>(socket, std::move(handler));
    PROVOST_CHECK(door->open());
    return door;
}

}  // namespace provost
