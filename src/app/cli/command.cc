#include "app/cli/command.h"

#include "domain/csv.h"
#include "net/control_door.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <boost/json.hpp>
#include <fmt/core.h>
#include <unistd.h>

namespace provost::cli {

namespace {

int exit_of(int status) {
    if (status == 403 || status == 401) return refused;
    return failed;
}

// Terminal columns a UTF-8 text takes, one for each code point.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

void print_table(const json::array& items, const std::vector<Column>& columns) {
    std::vector<std::vector<std::string>> rows(1);
    for (const auto& column : columns) rows[0].emplace_back(column.title);
    for (const auto& item : items) {
        auto& row = rows.emplace_back();
        for (const auto& column : columns) row.push_back(member_text(item.as_object(), column.member));
    }
    std::vector<std::size_t> widths(columns.size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line += std::string(widths[i] - width_of(row[i]) + 2, ' ');
        }
        while (!line.empty() && line.back() == ' ') line.pop_back();
        std::cout << line << "\n";
    }
}

void print_csv(const json::array& items, const std::vector<Column>& columns) {
    std::string line;
    for (const auto& column : columns) line.append(line.empty() ? "" : ",").append(column.member);
    std::cout << line << "\n";
    for (const auto& item : items) {
        line.clear();
        for (std::size_t i = 0; i < columns.size(); ++i)
            line += (i == 0 ? "" : ",") + quote_csv(member_text(item.as_object(), columns[i].member));
        std::cout << line << "\n";
    }
}

}  // namespace

std::string text_of(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_null()) return {};
    if (value.is_bool()) return value.get_bool() ? "yes" : "no";
    return json::serialize(value);
}

std::string member_text(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value == nullptr ? std::string() : text_of(*value);
}

bool color_wanted() {
    return isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
}

void Shell::print_error(const Error& error) {
    std::cerr << "provost: " << (error.where.empty() ? "" : error.where + ": ") << error.what;
    if (!error.code.empty()) std::cerr << " [" << error.code << "]";
    std::cerr << "\n";
    if (!error.why.empty()) std::cerr << "  why: " << error.why << "\n";
    if (!error.fix.empty()) std::cerr << "  fix: " << error.fix << "\n";
}

void Shell::fail(const Error& error) {
    print_error(error);
    exit = failed;
}

std::optional<ApiReply> Shell::call_raw(const std::string& method, const std::string& path,
                                        std::map<std::string, std::string> query, std::string body) {
    ApiRequest request;
    request.method = method;
    request.path = path;
    request.query = std::move(query);
    request.body = std::move(body);
    auto reply = call_control_door(socket, request);
    if (!reply) {
        print_error(reply.error());
        exit = unreachable;
        return std::nullopt;
    }
    if (reply->status < 400) return std::move(*reply);
    boost::system::error_code failure;
    const auto problem = json::parse(reply->body, failure);
    if (failure || !problem.is_object()) {
        print_error({"", "the server answered " + std::to_string(reply->status)});
    } else {
        const auto& object = problem.get_object();
        print_error({member_text(object, "code"), member_text(object, "what"), member_text(object, "where"),
                     member_text(object, "why"), member_text(object, "fix")});
    }
    exit = exit_of(reply->status);
    return std::nullopt;
}

std::optional<json::value> Shell::call(const std::string& method, const std::string& path,
                                       std::map<std::string, std::string> query, std::string body) {
    const auto reply = call_raw(method, path, std::move(query), std::move(body));
    if (!reply) return std::nullopt;
    boost::system::error_code failure;
    auto value = json::parse(reply->body, failure);
    if (!failure) return value;
    print_error({"", "the server's answer is not JSON"});
    exit = failed;
    return std::nullopt;
}

std::optional<json::array> Shell::call_all(const std::string& path,
                                           std::map<std::string, std::string> query) {
    json::array all;
    query["limit"] = "1000";
    for (;;) {
        const auto answer = call("GET", path, query);
        if (!answer) return std::nullopt;
        for (const auto& item : answer->at("items").as_array()) all.push_back(item);
        query["after"] = member_text(answer->as_object(), "next");
        if (query["after"].empty()) return all;
    }
}

void print_items(const Shell& shell, const json::array& items, const std::vector<Column>& columns) {
    if (shell.output == "json") {
        std::cout << json::serialize(items) << "\n";
    } else if (shell.output == "ndjson") {
        for (const auto& item : items) std::cout << json::serialize(item) << "\n";
    } else if (shell.output == "csv") {
        print_csv(items, columns);
    } else {
        print_table(items, columns);
    }
}

void print_object(const Shell& shell, const json::object& object) {
    if (shell.output != "table") {
        std::cout << json::serialize(object) << "\n";
        return;
    }
    std::size_t widest = 0;
    for (const auto& member : object) widest = std::max(widest, member.key().size());
    for (const auto& member : object) {
        const std::string name(member.key());
        if (member.value().is_object()) {
            for (const auto& inner : member.value().get_object())
                std::cout << fmt::format("{:<{}}  {} = {}\n", name, widest, std::string_view(inner.key()),
                                         text_of(inner.value()));
        } else if (member.value().is_array()) {
            for (const auto& inner : member.value().get_array())
                std::cout << fmt::format("{:<{}}  {}\n", name, widest, text_of(inner));
        } else if (const auto text = text_of(member.value()); !text.empty()) {
            std::cout << fmt::format("{:<{}}  {}\n", name, widest, text);
        }
    }
}

json::object assignments(const std::vector<std::string>& texts) {
    json::object object;
    for (const auto& text : texts) {
        const auto equals = text.find('=');
        if (equals == text.npos) refuse_option("--set", "'" + text + "' is not NAME=VALUE");
        object[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return object;
}

}  // namespace provost::cli
