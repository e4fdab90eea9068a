// docs/reference/roles.md, made from the role table and the route table.
#pragma once

#include <string>

namespace provost {

std::string role_page();  // Markdown

}  // namespace provost
