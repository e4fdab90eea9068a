#include "tests/bench/desk_user.h"

#include "tests/bench/must.h"

#include <fstream>
#include <sstream>

#include <unistd.h>

namespace provost {

// The first line is the phones' door's; then "admin 8444".
void DeskPlace::read_ports() {
    std::ifstream file(server / "port");
    file >> phone_port;
    std::string name;
    while (file >> name && name != "admin") file >> name;
    if (!(file >> admin_port)) give_up("no admin listener in " + (server / "port").string());
}

DeskUser::DeskUser(const HttpsClient& client, const DeskPlace& place)
    : line_(client, place.admin_port),
      head_(" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + place.token + "\r\n") {}

std::string DeskUser::get(const std::string& target) {
    return take("GET " + target, "\r\n", 200);
}

std::string DeskUser::post(const std::string& target, const std::string& body) {
    return take("POST " + target, "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body, 202);
}

std::string DeskUser::take(const std::string& begin, const std::string& rest, int due) {
    auto reply = line_.ask(begin + head_ + rest);
    if (reply.status != due) give_up(begin + ": " + std::to_string(reply.status) + " " + reply.body);
    return std::move(reply.body);
}

// proc(5): after the name, which is in (), come the third field and those behind it.
double ServerTime::read() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
    std::string text, skipped;
    std::getline(file, text);
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    for (int i = 3; i < 14; ++i) fields >> skipped;
    double user = 0, system = 0;
    if (!(fields >> user >> system)) give_up("no process " + std::to_string(pid_));
    return (user + system) * 1000 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace provost
