#include "vault/holder_door.h"

#include "service/log.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace provost {

namespace {

using std::chrono::steady_clock;

constexpr int backlog = 64;
constexpr std::size_t most_talks = 128;
constexpr auto half_said = std::chrono::seconds(10);  // a message that came in part

Error door_error(const std::filesystem::path& path, std::string why) {
    return {"P-5035", "the key holder's socket can't be opened", path.string(), std::move(why),
            "Give it a folder that the key holder's user may write, with a path of at most 107 characters"};
}

Timestamp monotonic() {
    return Timestamp(std::chrono::duration_cast<Duration>(steady_clock::now().time_since_epoch()));
}

std::optional<ucred> credentials_of(int socket) {
    ucred credentials{};
    socklen_t length = sizeof credentials;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return std::nullopt;
    return credentials;
}

}  // namespace

struct HolderDoor::Talk {
    Talk(int accepted, std::string name) : socket(accepted), peer{std::move(name)} {}
    ~Talk() { ::close(socket); }
    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;

    const int socket;
    HolderDesk::Peer peer;
    OutputBuffer heard;
    steady_clock::time_point began;  // of the message that is half here
};

HolderDoor::HolderDoor(const HolderDoorSettings& settings, HolderDesk& desk)
    : settings_(settings), desk_(desk) {}

HolderDoor::~HolderDoor() {
    if (listener_ >= 0) {
        ::close(listener_);
        ::unlink(settings_.socket.c_str());
    }
    if (stopped_ >= 0) ::close(stopped_);
}

Result<std::unique_ptr<HolderDoor>> HolderDoor::open(const HolderDoorSettings& settings, HolderDesk& desk) {
    std::unique_ptr<HolderDoor> door(new HolderDoor(settings, desk));
    PROVOST_CHECK(door->listen());
    return door;
}

// The keys' files are locked already, so whatever socket lies there belongs to no other holder of these keys.
Status HolderDoor::listen() {
    const auto& path = settings_.socket;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path)
        return fail(door_error(path, "the path is too long"));
    std::copy(path.native().begin(), path.native().end(), address.sun_path);
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0) {
        if (!S_ISSOCK(status.st_mode)) return fail(door_error(path, "the file there is no socket"));
        ::unlink(path.c_str());
    }
    stopped_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const mode_t others = settings_.peers.empty() ? 0177 : 0117;
    const mode_t before = ::umask(others);  // the mode is right from the first moment
    const bool bound =
        made >= 0 && ::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const std::string why = std::strerror(errno);
    ::umask(before);
    if (bound && stopped_ >= 0 && ::listen(made, backlog) == 0) {
        listener_ = made;
        return {};
    }
    if (made >= 0) ::close(made);
    return fail(door_error(path, why));
}

void HolderDoor::stop() const {
    const std::uint64_t one = 1;
    (void)!::write(stopped_, &one, sizeof one);
}

void HolderDoor::watch(std::vector<pollfd>& watched) const {
    watched.assign({{stopped_, POLLIN, 0}, {listener_, POLLIN, 0}});
    for (const auto& talk : talks_) watched.push_back({talk->socket, POLLIN, 0});
}

void HolderDoor::run() {
    std::vector<pollfd> watched;
    while (true) {
        watch(watched);
        if (::poll(watched.data(), watched.size(), 1000) < 0 && errno != EINTR) return;
        if (watched[0].revents != 0) return;
        for (std::size_t i = 2; i < watched.size(); ++i)
            if (auto& talk = talks_[i - 2]; watched[i].revents != 0 && !take(*talk)) talk.reset();
        drop_silent();
        if (watched[1].revents != 0) accept_one();
    }
}

// Those that ended, and those that keep a message back.
void HolderDoor::drop_silent() {
    const auto now = steady_clock::now();
    std::erase_if(talks_, [&](const auto& talk) {
        return !talk || (!talk->heard.empty() && now - talk->began > half_said);
    });
}

void HolderDoor::accept_one() {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0) return;
    const auto peer = credentials_of(socket);
    const auto& allowed = settings_.peers;
    const bool known = peer && (peer->uid == ::geteuid() ||
                                std::find(allowed.begin(), allowed.end(), peer->uid) != allowed.end());
    const auto name = peer ? "uid " + std::to_string(peer->uid) + ", pid " + std::to_string(peer->pid) : "?";
    auto talk = std::make_unique<Talk>(socket, name);
    if (!known)
        log_event(LogLevel::warning, "keyholder.stranger", "another user's process came to the socket",
                  {{"peer", name}});
    else if (talks_.size() < most_talks)
        talks_.push_back(std::move(talk));
}

// False: the conversation is over.
bool HolderDoor::take(Talk& talk) {
    std::array<char, 8192> piece;
    const auto got = ::recv(talk.socket, piece.data(), piece.size(), MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    if (talk.heard.empty()) talk.began = steady_clock::now();
    talk.heard.append({piece.data(), static_cast<std::size_t>(got)});
    wipe(piece.data(), static_cast<std::size_t>(got));
    return serve(talk);
}

// A peer waits for each answer, so nothing stands behind a whole message, and there is always room for the
// answer to it.
bool HolderDoor::serve(Talk& talk) {
    const auto heard = as_bytes(talk.heard.view());
    if (heard.size() < frame_head) return true;
    const auto length = frame_length(heard);
    if (!length || heard.size() > frame_head + *length) return false;
    if (heard.size() < frame_head + *length) return true;
    OutputBuffer reply(512);
    const bool go_on = desk_.answer(heard.subspan(frame_head), talk.peer, monotonic(), reply);
    talk.heard.clear();
    const auto sent = ::send(talk.socket, reply.view().data(), reply.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    return go_on && sent == static_cast<ssize_t>(reply.size());
}

}  // namespace provost
