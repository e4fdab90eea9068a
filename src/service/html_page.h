// Pages of HTML that need nothing else: no scripts, no other files; light, dark and on paper.
#pragma once

#include <string>
#include <string_view>

namespace provost {

// Every text goes through here; what is not UTF-8 becomes printable.
std::string html(std::string_view text);

std::string_view page_style();  // CSS

}  // namespace provost
