#include "golden_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <iconv.h>

namespace provost::golden {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view utf16_stem = "expected.utf-16le";

std::vector<fs::path> folders(const fs::path& parent) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(parent)) {
        if (entry.is_directory()) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string_view trim(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool is_skipped(std::string_view line) {
    return trim(line).empty() || line.front() == '#';
}

std::vector<std::string> words(std::string_view text) {
    std::istringstream in{std::string(text)};
    return {std::istream_iterator<std::string>(in), {}};
}

template <class T>
T need(const T& value, const std::string& what) {
    if (!value) throw std::runtime_error(what);
    return value;
}

void read_head(std::string_view line, Case& into, const std::string& where) {
    const auto colon = line.find(": ");
    const std::string_view key = line.substr(0, colon);
    const std::string value(colon == std::string_view::npos ? "" : trim(line.substr(colon + 2)));
    if (key == "mac") {
        into.mac = *need(MacAddress::parse(value), where + ": no MAC address");
    } else if (key == "model") {
        into.model = value;
    } else if (key == "firmware") {
        into.firmware = value;
    } else if (key == "secrets") {
        for (const std::string& name : words(value)) {
            into.secrets.push_back(*need(parse_setting_key(name), where + ": no such secret: " + name));
        }
    } else {
        throw std::runtime_error(where + ": unknown key");
    }
}

void apply_fact(std::string_view word, CertificateFacts& into) {
    const auto equals = word.find('=');
    const std::string_view key = word.substr(0, equals);
    const std::string value(equals == std::string_view::npos ? "" : word.substr(equals + 1));
    if (key == "rsa") {
        into.key_bits = std::stoi(value);
    } else if (key == "ec") {
        into.key_type = "EC";
        into.curve = value;
    } else if (key == "version") {
        into.version = std::stoi(value);
    } else if (key == "ca") {
        into.is_ca = true;
    } else if (key == "no-signature") {
        into.may_sign = false;
    } else if (key == "no-client-auth") {
        into.client_auth = false;
    } else if (key == "no-usage") {
        into.has_key_usage = into.may_sign = into.has_extended_key_usage = into.client_auth = false;
    } else if (word != "-") {
        throw std::runtime_error("unknown fact " + std::string(word));
    }
}

SubjectAttribute attribute(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) throw std::runtime_error("no '=' in " + std::string(text));
    const std::string value(text.substr(equals + 1));
    const bool printable =
        std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
    return {std::string(text.substr(0, equals)), value, printable};
}

}  // namespace

std::vector<fs::path> vendors(const fs::path& golden) {
    return folders(golden);
}

std::vector<fs::path> cases(const fs::path& golden) {
    std::vector<fs::path> all;
    for (const fs::path& vendor : folders(golden)) {
        const auto its = folders(vendor);
        all.insert(all.end(), its.begin(), its.end());
    }
    return all;
}

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("can't read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

Case read_case(const fs::path& file) {
    std::istringstream in(read_file(file));
    Case made;
    std::string settings;
    bool in_head = true;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        const std::string where = file.string() + ":" + std::to_string(++number);
        if (line.empty() && number > 1) in_head = false;
        if (is_skipped(line)) continue;
        if (in_head) {
            read_head(line, made, where);
        } else {
            settings += line + "\n";
        }
    }
    const auto parsed = parse_settings(settings);
    if (!parsed) throw std::runtime_error(file.string() + ": " + parsed.error().text());
    made.settings = *parsed;
    return made;
}

fs::path expected_file(const fs::path& folder) {
    fs::path found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto stem = entry.path().stem();
        if (stem != "expected" && stem != utf16_stem) continue;
        if (!found.empty()) throw std::runtime_error(folder.string() + ": two expected files");
        found = entry.path();
    }
    if (found.empty()) throw std::runtime_error(folder.string() + ": no expected file");
    return found;
}

std::string expected_bytes(const fs::path& file) {
    const std::string text = read_file(file);
    if (file.stem() != utf16_stem) return text;
    const iconv_t converter = iconv_open("UTF-16LE", "UTF-8");
    std::string bytes(2 + 2 * text.size(), '\0');
    bytes[0] = '\xff';
    bytes[1] = '\xfe';
    char* from = const_cast<char*>(text.data());
    char* to = bytes.data() + 2;
    std::size_t left = text.size(), room = bytes.size() - 2;
    const bool done = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    if (!done) throw std::runtime_error(file.string() + ": not UTF-8");
    bytes.resize(bytes.size() - room);
    return bytes;
}

std::vector<Row> read_rows(const fs::path& file, std::size_t columns) {
    std::istringstream in(read_file(file));
    std::vector<Row> rows;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (is_skipped(line)) continue;
        Row row{file.string() + ":" + std::to_string(number), {}};
        std::string_view rest = line;
        for (auto bar = rest.find(" | "); bar != std::string_view::npos; bar = rest.find(" | ")) {
            row.cells.emplace_back(trim(rest.substr(0, bar)));
            rest.remove_prefix(bar + 3);
        }
        row.cells.emplace_back(trim(rest));
        if (row.cells.size() != columns) throw std::runtime_error(row.where + ": wrong number of columns");
        rows.push_back(std::move(row));
    }
    return rows;
}

CertificateFacts certificate(std::string_view subject, std::string_view facts) {
    CertificateFacts made;
    made.version = 3;
    made.key_type = "RSA";
    made.key_bits = 2048;
    made.has_key_usage = made.may_sign = true;
    made.has_extended_key_usage = made.client_auth = true;
    while (!subject.empty()) {
        subject.remove_prefix(1);  // '/'
        const auto end = std::min(subject.find('/'), subject.size());
        made.subject.push_back(attribute(subject.substr(0, end)));
        subject.remove_prefix(end);
    }
    for (const std::string& word : words(facts)) apply_fact(word, made);
    return made;
}

}  // namespace provost::golden
