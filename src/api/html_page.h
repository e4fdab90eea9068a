// Pages of HTML that the REST interface gives to people.
#pragma once

#include "service/api_message.h"

#include <string>
#include <string_view>

namespace provost {

// With a content security policy that lets in its one style sheet, by hash, and nothing else: no script, no
// picture but what lies in the page. `style` is what stands between <style> and </style>.
ApiReply html_page(std::string page, std::string_view style);

}  // namespace provost
