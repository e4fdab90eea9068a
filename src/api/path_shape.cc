#include "api/path_shape.h"

namespace provost {

std::optional<std::vector<std::string>> match_path(std::string_view shape, std::string_view path) {
    std::vector<std::string> parts;
    while (!shape.empty() && !path.empty()) {
        const auto shape_end = shape.find('/', 1);
        const auto path_end = path.find('/', 1);
        const auto wanted = shape.substr(1, shape_end == shape.npos ? shape.npos : shape_end - 1);
        const auto given = path.substr(1, path_end == path.npos ? path.npos : path_end - 1);
        if (wanted.starts_with('{') && !given.empty())
            parts.emplace_back(given);
        else if (wanted != given)
            return std::nullopt;
        shape = shape_end == shape.npos ? std::string_view() : shape.substr(shape_end);
        path = path_end == path.npos ? std::string_view() : path.substr(path_end);
    }
    if (!shape.empty() || !path.empty()) return std::nullopt;
    return parts;
}

bool lies_within(std::string_view path, std::string_view root) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

}  // namespace provost
