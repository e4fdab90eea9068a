#include "app/read_file.h"

#include <fstream>
#include <iterator>

namespace provost {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& file, std::size_t most) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) return fail({"P-1102", "the file can't be read", file.string(), error.message()});
    if (size > most)
        return fail({"P-1102", "the file is too large", file.string(), std::to_string(size) + " bytes"});
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) return fail({"P-1102", "the file can't be read", file.string()});
    return text;
}

}  // namespace provost
