// Makers from the repository's own files, folders that go away, and files as a phone would get them.
#pragma once

#include "sim/names.h"
#include "sim/phone_maker.h"
#include "sim/phone_memory.h"
#include "vendor/syntax/syntax.h"

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

namespace provost::sim::testing {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

inline MakerFolders makers_folders() {
    const std::filesystem::path root = PROVOST_SOURCE_DIR;
    return {root / "vendors", root / "sim" / "phones"};
}

const PhoneMaker& maker(const std::string& vendor);  // read once
std::vector<PhoneMaker> makers(const std::vector<std::string>& vendors);

class Folder {
 public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

std::vector<std::string> all_vendors();        // with a phone file
std::vector<std::string> account_vendors();    // ... whose files bring accounts
std::vector<std::string> certified_vendors();  // ... whose phones show a certificate
VendorSpec vendor_spec(const std::string& vendor);

using Values = std::map<std::string, std::string>;  // "user_name[idx=1]" -> value

// The parameters of line 1, in the maker's own words; an empty password is left out.
Values account_values(const PhoneMaker& maker, const std::string& password);
std::vector<ParsedParameter> as_parsed(const PhoneMaker& maker, const Values& values);
std::string as_file(const PhoneMaker& maker, const Values& values);
// A boot with one file of these parameters, and what PhoneMemory::apply said.
bool boot(PhoneMemory& memory, const PhoneMaker& maker, const Values& values, bool overwrite = false);

// A vendor's id as part of a test's name.
template <class Info>
std::string test_name(const Info& info) {
    std::string name = info.param;
    std::erase(name, '-');
    return name;
}

}  // namespace provost::sim::testing
