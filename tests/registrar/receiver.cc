#include "tests/registrar/receiver.h"

#include "crypto/base_text.h"
#include "crypto/hmac.h"

#include <algorithm>
#include <stdexcept>

#include <arpa/inet.h>
#include <boost/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

namespace provost::contract {

namespace {

namespace json = boost::json;

std::string header(const std::string& head, const std::string& name) {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == head.npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

// Head and body of one request; both empty where it does not come whole.
std::pair<std::string, std::string> read_request(int peer) {
    std::string text;
    char part[4096];
    for (ssize_t got = 0; (got = recv(peer, part, sizeof part, 0)) > 0;) {
        text.append(part, static_cast<std::size_t>(got));
        const auto end = text.find("\r\n\r\n");
        if (end == text.npos) continue;
        const auto length = header(text, "Content-Length");
        if (text.size() - end - 4 == std::stoul(length.empty() ? "0" : length))
            return {text.substr(0, end + 2), text.substr(end + 4)};
    }
    return {};
}

std::string text_of(const json::object& entry, const char* name) {
    const auto* const value = entry.if_contains(name);
    return value == nullptr ? "" : json::value_to<std::string>(*value);
}

bool can_have(const json::object& entry) {
    const auto user = text_of(entry, "user");
    const bool plain = !user.empty() && std::ranges::none_of(user, [](char c) {
        return static_cast<unsigned char>(c) < 0x20;
    });
    return plain && (text_of(entry, "op") == "withdraw" ||
                     (text_of(entry, "ha1_md5").size() == 32 && text_of(entry, "ha1_sha256").size() == 64));
}

}  // namespace

Receiver::Receiver(Secret key) : key_(std::move(key)) {
    listen();
}

Receiver::~Receiver() {
    leave();
}

std::string Receiver::url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/accounts";
}

void Receiver::leave() {
    if (listener_ < 0) return;
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(std::exchange(listener_, -1));
}

void Receiver::come_back() {
    listen();
}

std::map<RegistrarAccount, std::string> Receiver::accounts() {
    const std::lock_guard lock(mutex_);
    return accounts_;
}

void Receiver::listen() {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0 ||
        getsockname(listener_, generic, &size) != 0)
        throw std::runtime_error("the receiver can't listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, listener = listener_] { serve(listener); });
}

void Receiver::serve(int listener) {
    for (int peer = -1; (peer = accept(listener, nullptr, nullptr)) >= 0; close(peer)) {
        const timeval limit{5, 0};
        setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const auto [head, body] = read_request(peer);
        const auto text = answer(head, body);
        (void)send(peer, text.data(), text.size(), MSG_NOSIGNAL);
    }
}

std::string Receiver::answer(const std::string& head, const std::string& body) {
    const bool known = head.starts_with("POST /accounts HTTP/1.1\r\n") && is_signed(head, body);
    const auto text = known ? take(body) : "";
    return std::string("HTTP/1.1 ") + (known ? "200 OK" : "403 Forbidden") +
           "\r\nConnection: close\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

// As standardwebhooks.com has it.
bool Receiver::is_signed(const std::string& head, const std::string& body) const {
    const auto text = header(head, "webhook-id") + "." + header(head, "webhook-timestamp") + "." + body;
    return header(head, "webhook-signature") == "v1," + to_base64(hmac_sha256(key_, text));
}

std::string Receiver::take(const std::string& body) {
    json::array refused;
    const std::lock_guard lock(mutex_);
    const auto batch = json::parse(body);
    for (const auto& item : batch.at("entries").as_array()) {
        const auto& entry = item.as_object();
        const RegistrarAccount account{text_of(entry, "user"), text_of(entry, "realm")};
        if (!can_have(entry))
            refused.push_back(json::object{{"key", entry.at("key")}, {"why", "no such name"}});
        else if (text_of(entry, "op") == "withdraw")
            accounts_.erase(account);
        else
            accounts_[account] = text_of(entry, "ha1_md5") + "|" + text_of(entry, "ha1_sha256");
    }
    return json::serialize(json::object{{"refused", std::move(refused)}});
}

}  // namespace provost::contract
