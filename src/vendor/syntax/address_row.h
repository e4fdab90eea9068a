// What a row of `name-addr` may hold: SIP's name-addr with parameters (RFC 3261, section 25.1).
// "Display name" <sip:user@host;transport=tls>;name=value
#pragma once

#include "base/result.h"
#include "domain/token_scanner.h"
#include "vendor/syntax/make.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct AddressFormat {
    std::string header;               // the first line; empty: none
    std::vector<std::string> nested;  // names that may follow a ';' inside a value
    std::size_t row_bytes = 0;        // of the longest row that the phone reads; 0: any
};

// Errors: P-2304.
Result<AddressFormat> read_address_format(const SyntaxOptions& options);

constexpr int max_address_rows = 256;
constexpr std::string_view display_name_piece = "display-name";
constexpr std::string_view userinfo_piece = "userinfo";
constexpr std::string_view hostport_piece = "hostport";

// Where a parameter stands: "2/uri/transport".
struct AddressPlace {
    enum class Piece : std::uint8_t { display_name, userinfo, hostport, uri_parameter, parameter };
    int row = 0;  // from 1; 0: the name is none
    Piece piece = Piece::parameter;
    std::string_view word;  // the name of a parameter as it is written: "transport"
};
AddressPlace find_address_place(std::string_view name);

// Bytes at the start of `text` that make a parameter's word.
std::size_t word_length(std::string_view text);

// The first step of such a name after the row's, if it has two: "uri/transport".
constexpr std::string_view uri_step = "uri/";
// Whether no parameter behind the brackets may have this word, as a piece of the row has it.
bool is_taken(std::string_view word);

// Whether a parameter's value is written in double quotes.
bool needs_quotes(const WrittenValue& value);

// Why a value, or a word, can't stand there; empty if it can.
std::string_view address_refusal(const AddressPlace& place, const WrittenValue& value,
                                 const AddressFormat& format);

}  // namespace provost
