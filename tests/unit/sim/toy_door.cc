#include "toy_door.h"

#include "sim/files.h"
#include "sim_testing.h"
#include "vendor/device_certificate.h"

#include <csignal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <re2/re2.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost::sim::testing {

namespace {

int accept_any(int, X509_STORE_CTX*) {
    return 1;
}  // judged afterwards

std::shared_ptr<SSL_CTX> make_context(const std::filesystem::path& pki) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    const bool loaded =
        SSL_CTX_use_certificate_file(context.get(), (pki / "server-ecdsa.pem").c_str(), SSL_FILETYPE_PEM) ==
            1 &&
        SSL_CTX_use_PrivateKey_file(context.get(), (pki / "server-ecdsa.key").c_str(), SSL_FILETYPE_PEM) == 1;
    if (!loaded) throw std::runtime_error("no server certificate");
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, accept_any);
    SSL_CTX_set_num_tickets(context.get(), 0);
    return context;
}

bool write_all(SSL* ssl, std::string_view text) {
    std::size_t written = 0;
    return SSL_write_ex(ssl, text.data(), text.size(), &written) == 1;
}

}  // namespace

ToyDoor::ToyDoor(std::filesystem::path pki, std::vector<PhoneMaker> makers, ToyRules rules)
    : makers_(std::move(makers)), context_(make_context(pki)), rules_(rules) {
    std::signal(SIGPIPE, SIG_IGN);
    std::vector<ImportedAnchor> anchors;
    for (const PhoneMaker& maker : makers_) {
        const std::string& id = maker.spec.vendor;
        const VendorSpec spec = vendor_spec(id);
        anchors.push_back(
            {id, maker.anchor, spec.anchors.front().profile, must(read_file(pki / id / "root.pem"))});
        vendors_.emplace(id, spec);
    }
    trust_ = must(TrustStore::make(anchors, {}));
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 1024) != 0)
        throw std::runtime_error("can't listen");
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
}

ToyDoor::~ToyDoor() {
    stop_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
}

std::string ToyDoor::url() const {
    return "https://localhost:" + std::to_string(port_) + "/prov";
}

std::vector<std::string> ToyDoor::log() {
    const std::lock_guard lock(mutex_);
    return log_;
}

void ToyDoor::accept_all() {
    std::vector<std::jthread> visits;
    while (!stop_) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        const int descriptor = ::accept(listener_, reinterpret_cast<sockaddr*>(&peer), &size);
        if (descriptor < 0) continue;
        ++connections_;
        const timeval patience{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        visits.emplace_back(&ToyDoor::serve, this, descriptor, std::string(::inet_ntoa(peer.sin_addr)));
    }
}

void ToyDoor::serve(int descriptor, std::string source) {
    const std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl.get(), descriptor);
    Visit visit;
    visit.source = std::move(source);
    if (SSL_accept(ssl.get()) == 1 && read_request(ssl.get(), visit)) {
        prove(ssl.get(), visit);
        const Reply reply = answer(visit);
        std::string text =
            "HTTP/1.1 " + std::to_string(reply.status) + " x\r\nDate: " + std::to_string(connections_) +
            "\r\nContent-Type: text/plain\r\n" + "Content-Length: " + std::to_string(reply.body.size()) +
            "\r\nConnection: close\r\n\r\n";
        if (visit.method != "HEAD") text += reply.body;
        write_all(ssl.get(), text);
        SSL_shutdown(ssl.get());
    }
    ::shutdown(descriptor, SHUT_WR);
    char rest[1024];
    while (::recv(descriptor, rest, sizeof rest, 0) > 0) continue;
    ::close(descriptor);
}

bool ToyDoor::read_request(SSL* ssl, Visit& visit) const {
    static const RE2 head(
        "(\\w+) /prov/(\\S*) HTTP/1\\.[01]\r\n(?s:.*)User-Agent: ([^\r]*)\r\n(?s:.*)\r\n\r\n(?s:.*)");
    static const RE2 length("Content-Length: (\\d+)\r\n");
    std::string text;
    for (;;) {
        char bytes[4096];
        std::size_t taken = 0;
        if (SSL_read_ex(ssl, bytes, sizeof bytes, &taken) != 1) return false;
        text.append(bytes, taken);
        const auto end = text.find("\r\n\r\n");
        if (end == text.npos) continue;
        std::size_t body = 0;
        RE2::PartialMatch(text, length, &body);
        if (text.size() >= end + 4 + body) break;
    }
    return RE2::FullMatch(text, head, &visit.method, &visit.path, &visit.agent);
}

void ToyDoor::prove(SSL* ssl, Visit& visit) const {
    const std::unique_ptr<X509, void (*)(X509*)> leaf(SSL_get1_peer_certificate(ssl), X509_free);
    if (leaf == nullptr) return;
    const ChainVerdict chain = trust_->verify(leaf.get(), SSL_get_peer_cert_chain(ssl), SystemClock().now());
    if (chain.fault != ChainFault::none || chain.expired_leaf) return;
    const CertificateFacts facts = must(read_certificate(leaf.get()));
    const VendorSpec& vendor = vendors_.at(chain.vendor);
    for (const CertificateProfile& profile : vendor.profiles) {
        if (profile.id != chain.profile) continue;
        visit.vendor = chain.vendor;
        visit.mac = identify(facts, profile).mac;
        visit.key = facts.key;
    }
}

bool ToyDoor::names_another(const Visit& visit) const {
    static const RE2 mac("([0-9A-Fa-f]{2}(?::?[0-9A-Fa-f]{2}){5})");
    for (re2::StringPiece text : {re2::StringPiece(visit.path), re2::StringPiece(visit.agent)}) {
        std::string found;
        while (RE2::FindAndConsume(&text, mac, &found)) {
            const auto named = MacAddress::parse(found);
            if (named && named->oui() == visit.mac->oui() && named != visit.mac) return true;
        }
    }
    return false;
}

// Another key than at first, or another place.
bool ToyDoor::is_another(const Visit& visit) {
    const auto pin = pins_.emplace(*visit.mac, visit.key).first;
    const auto source = sources_.emplace(*visit.mac, visit.source).first;
    return pin->second != visit.key || source->second != visit.source;
}

ToyDoor::Reply ToyDoor::answer(const Visit& visit) {
    const std::lock_guard lock(mutex_);
    Reply reply;
    if (rules_.telling) reply.body = "no: " + visit.path;
    const auto log = [&](Reply given) {
        log_.push_back(visit.source + " " + visit.method + " " + visit.path + " " +
                       std::to_string(given.status));
        return given;
    };
    for (const PhoneMaker& maker : makers_) {
        const bool proved = visit.mac && visit.vendor == maker.spec.vendor;
        if (!rules_.lax && (!proved || names_another(visit))) continue;
        if (!visit.mac) return log({200, as_file(maker, account_values(maker, "anything"))});
        const Names names{.mac = *visit.mac, .model = maker.spec.model, .firmware = maker.spec.firmware};
        for (const Step& step : maker.spec.boot) {
            const bool asked = expand(step.path, names) == visit.path;
            const bool agent = expand(maker.spec.agent(step.agent), names) == visit.agent;
            if (asked && agent) return log(give_file(visit, maker, step));
        }
    }
    return log(reply);
}

ToyDoor::Reply ToyDoor::give_file(const Visit& visit, const PhoneMaker& maker, const Step& step) {
    if (visit.method == "PUT") return {201, ""};
    if (step.absent && rules_.serves_boot_files) return {200, "# nothing\n"};
    if (step.absent) return {404, ""};
    if (!step.required) return {200, as_file(maker, account_values(maker, ""))};
    if (is_another(visit) && !rules_.lax) return {};
    const bool withheld = rules_.always_empty_handed || (rules_.once && spent_.contains(*visit.mac));
    if (visit.method == "GET") spent_.insert(*visit.mac);
    Values values = account_values(maker, withheld ? "" : password_of(*visit.mac));
    values["filler"] = std::string(2000, 'x');  // so that a cut falls into the body
    return {200, as_file(maker, values)};
}

}  // namespace provost::sim::testing
