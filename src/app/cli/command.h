// What every command of the CLI shares: the call to the running server, output for people and scripts, exit
// codes.
#pragma once

#include "app/cli/command_tree.h"
#include "base/result.h"
#include "service/api_message.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

namespace provost::cli {

namespace json = boost::json;

// docs/reference/cli.md.
enum Exit : int { ok = 0, failed = 1, wrong_use = 2, partly = 3, refused = 4, unreachable = 5 };

struct Shell {
    std::string socket = "/run/provost/control.sock";
    std::string output = "table";  // table, json, ndjson, csv
    int exit = ok;

    // Calls the server; prints the problem and sets the exit code if that fails.
    std::optional<json::value> call(const std::string& method, const std::string& path,
                                    std::map<std::string, std::string> query = {}, std::string body = {});
    // All pages of a list, with `limit` at its most; nullopt as above.
    std::optional<json::array> call_all(const std::string& path, std::map<std::string, std::string> query);
    std::optional<ApiReply> call_raw(const std::string& method, const std::string& path,
                                     std::map<std::string, std::string> query, std::string body);
    void print_error(const Error& error);
    void fail(const Error& error);  // the same, and so the command ends
};

struct Column {
    std::string_view title, member;
};

// A list of objects, as the chosen output says. `total` "12 devices" goes to stderr on a terminal.
void print_items(const Shell& shell, const json::array& items, const std::vector<Column>& columns);
// One object: its members under each other, or as JSON.
void print_object(const Shell& shell, const json::object& object);
std::string text_of(const json::value& value);
std::string member_text(const json::object& object, std::string_view name);
bool color_wanted();  // a terminal, and NO_COLOR not set

// "a=b" arguments of --set as a JSON object; one without '=' is wrong use.
json::object assignments(const std::vector<std::string>& texts);

void add_serve(Command root, Shell& shell);
void add_tenant(Command root, Shell& shell);
void add_device(Command root, Shell& shell);
void add_trunk(Command root, Shell& shell);
void add_site(Command root, Shell& shell);
void add_import(Command root, Shell& shell);
void add_import_undo(Command noun, Shell& shell);
void add_vendor(Command root, Shell& shell);
void add_exception(Command root, Shell& shell);
void add_profile(Command root, Shell& shell);
void add_device_diff(Command noun, Shell& shell);
void add_ban(Command root, Shell& shell);
void add_rating(Command root, Shell& shell);
void add_search(Command root, Shell& shell);
void add_report(Command root, Shell& shell);
void add_event(Command root, Shell& shell);
void add_role(Command root, Shell& shell);
void add_audit(Command root, Shell& shell);
void add_alert(Command root, Shell& shell);
void add_webhook(Command root, Shell& shell);
void add_review(Command root, Shell& shell);
void add_resync(Command root, Shell& shell);
void add_device_diagnose(Command noun, Shell& shell);
void add_device_resync(Command noun, Shell& shell);
void add_tenant_resync(Command noun, Shell& shell);
void add_trunk_audit(Command noun, Shell& shell);
void add_event_kinds(Command noun, Shell& shell);
void add_person(Command root, Shell& shell);
void add_admin(Command root, Shell& shell);
void add_api_token(Command root, Shell& shell);
void add_server(Command root, Shell& shell);
void add_keyholder(Command root, Shell& shell);
void add_sandbox(Command root, Shell& shell);
void add_backup(Command root, Shell& shell);
void add_outbox(Command root, Shell& shell);
void add_registrar(Command root, Shell& shell);
void add_version(Command root, Shell& shell);
void add_completion(Command root, Shell& shell);

}  // namespace provost::cli
