// Reads the golden files; their format is in tests/golden/README.md. Throws on a file that breaks it.
#pragma once

#include "base/mac_address.h"
#include "crypto/certificate_facts.h"
#include "domain/settings.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace provost::golden {

struct Case {
    MacAddress mac;
    std::string model;
    std::string firmware;
    std::vector<SettingKey> secrets;
    Settings settings;
};

// One line of a table; `where` is file and line, for messages.
struct Row {
    std::string where;
    std::vector<std::string> cells;
};

std::vector<std::filesystem::path> vendors(const std::filesystem::path& golden);  // sorted
std::vector<std::filesystem::path> cases(const std::filesystem::path& golden);    // sorted

std::string read_file(const std::filesystem::path& file);
Case read_case(const std::filesystem::path& file);
std::filesystem::path expected_file(const std::filesystem::path& folder);  // the one file named expected.*
std::string expected_bytes(const std::filesystem::path& file);  // of that file, in the phone's encoding
std::vector<Row> read_rows(const std::filesystem::path& file, std::size_t columns);

// A certificate as the columns `subject` and `facts` describe it.
CertificateFacts certificate(std::string_view subject, std::string_view facts);

inline std::string or_dash(std::string_view text) {
    return std::string(text.empty() ? "-" : text);
}

}  // namespace provost::golden
