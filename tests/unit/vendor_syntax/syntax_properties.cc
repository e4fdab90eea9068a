// For any list of parameters, however hostile: either render refuses and names a parameter, or the file reads
// back as exactly that list. Nothing is lost, changed or added.
#include "syntax_testing.h"

#include <rapidcheck/gtest.h>

namespace provost::testing {
namespace {

// What injections are made of and some syntax can carry ...
const std::vector<std::string> tricky_pieces = {"\"",
                                                "'",
                                                "]]>",
                                                "<![CDATA[",
                                                "#",
                                                ";",
                                                "|",
                                                "=",
                                                " = ",
                                                ":",
                                                "&",
                                                "&amp;",
                                                "&amp;quot;",
                                                "&#10;",
                                                "&#x0a;",
                                                "&quot;",
                                                "<",
                                                ">",
                                                "/>",
                                                "</settings>",
                                                "</flat-profile>",
                                                "\"/>",
                                                " x=\"y",
                                                "<!--",
                                                "-->",
                                                "<?xml?>",
                                                "%NULL%",
                                                "..",
                                                "/",
                                                "account.1.password = x",
                                                "\xe2\x82\xac",
                                                "\xf0\x9f\x93\x9e",
                                                "\xc3\xa4",
                                                " ",
                                                "  ",
                                                "a",
                                                "Z9_"};
// ... and what none can.
const std::vector<std::string> forbidden_pieces = {
    "\n",   "\r\n",     "\na = b\n",    std::string(1, '\0'), "\x01",         "\x1b",
    "\x7f", "\t",       "\v",           "\xc2\x85",           "\xe2\x80\xa8", "\xef\xbb\xbf",
    "\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",   "\xe2\x82",     "\xef\xbf\xbf"};

std::string joined(const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    return text;
}

rc::Gen<std::string> hostile_text() {
    const auto piece = rc::gen::weightedOneOf<std::string>({
        {30, rc::gen::elementOf(tricky_pieces)},
        {2, rc::gen::elementOf(forbidden_pieces)},
        {1, rc::gen::scale(0.1, rc::gen::arbitrary<std::string>())},
    });
    return rc::gen::map(rc::gen::scale(0.2, rc::gen::container<std::vector<std::string>>(piece)), joined);
}

// What every syntax of the cases below can carry, escapes included.
rc::Gen<std::string> calm_text() {
    static const std::string characters = "abcXYZ019<>&\"';=:%/\\[]{}.,-_+*@";
    return rc::gen::scale(0.2, rc::gen::container<std::string>(rc::gen::elementOf(characters)));
}

struct Case {
    const char* name;
    const char* syntax;
    SyntaxOptions options;
    bool attributes;
    bool groups;
};

Parameter calm_parameter(const Case& of, std::size_t place) {
    Parameter made = parameter("name_" + std::to_string(place), *calm_text());
    if (of.groups && *rc::gen::weightedElement<bool>({{3, false}, {1, true}})) made.name.insert(0, "keys/");
    if (of.attributes) made.attributes = {{"idx", std::to_string(place)}, {"label", *calm_text()}};
    return made;
}

Parameters calm_list(const Case& of) {
    Parameters list;
    const auto size = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, 12));
    while (list.size() < size) list.push_back(calm_parameter(of, list.size()));
    return list;
}

// One parameter of a calm list made hostile, in one of its texts.
Parameters any_list(const Case& of) {
    Parameters list = calm_list(of);
    if (list.empty()) return list;
    Parameter& victim = *(list.begin() + *rc::gen::inRange<int>(0, static_cast<int>(list.size())));
    switch (*rc::gen::resize(100, rc::gen::inRange(0, 12))) {
        case 0:
            victim.name = *hostile_text();
            break;
        case 1:
            victim.name = list.front().name;
            break;
        case 2:
            victim.attributes.emplace_back(*hostile_text(), "1");
            break;
        case 3:
            victim.attributes.emplace_back("hostile", *hostile_text());
            break;
        default:
            victim.value = *hostile_text();
            break;
    }
    return list;
}

void names_one_of(const Error& error, const Parameters& parameters) {
    RC_ASSERT(error.code == "P-2301");
    const bool named = std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& p) {
        const bool simple = std::all_of(p.name.begin(), p.name.end(),
                                        [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
        return !simple || p.name.size() > 80 || error.where == "parameter '" + p.name + "'";
    });
    RC_ASSERT(named);
}

// Sections in their order, parameters in theirs: how xml-elements lays a list out.
std::vector<ParsedParameter> in_file_order(std::vector<ParsedParameter> parameters) {
    std::stable_sort(parameters.begin(), parameters.end(),
                     [](const ParsedParameter& a, const ParsedParameter& b) {
                         return !a.name.starts_with("keys/") && b.name.starts_with("keys/");
                     });
    return parameters;
}

void check_round_trip(const Syntax& syntax, const Parameters& parameters) {
    const Result<std::string> file = render(syntax, parameters);
    if (!file) return names_one_of(file.error(), parameters);
    const auto parsed = syntax.parse(*file);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(parsed->size() == parameters.size());
    RC_ASSERT(*parsed == in_file_order(as_parsed(parameters)));
    RC_TAG(parameters.size() > 3 ? "written, long" : "written");
}

// Whatever a parser takes is what render would have written.
void check_strict(const Syntax& syntax, const std::string& bytes) {
    const auto parsed = syntax.parse(bytes);
    if (!parsed) {
        RC_ASSERT(parsed.error().code == "P-2302");
        RC_ASSERT(parsed.error().where.starts_with("line "));
        return;
    }
    Parameters parameters;
    for (const ParsedParameter& p : *parsed) parameters.push_back(parameter(p.name, p.value, p.attributes));
    const Result<std::string> again = render(syntax, parameters);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == bytes);
}

// A good file with one stretch of it replaced.
std::string any_damaged(const Syntax& syntax, const Case& of) {
    const Result<std::string> file = render(syntax, calm_list(of));
    RC_PRE(file.has_value());
    std::string bytes = *file;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
    const auto count = *rc::gen::inRange<std::size_t>(0, 6);
    const auto piece =
        rc::gen::oneOf(rc::gen::elementOf(tricky_pieces), rc::gen::elementOf(forbidden_pieces));
    return bytes.replace(at, count, *piece);
}

class SyntaxProperties : public ::testing::TestWithParam<Case> {
 protected:
    std::unique_ptr<const Syntax> syntax_ = syntax_of(GetParam().syntax, GetParam().options);
};

TEST_P(SyntaxProperties, R_C3_WhatIsWrittenReadsBackAndNothingElse) {
    EXPECT_TRUE(rc::check([&] { check_round_trip(*syntax_, any_list(GetParam())); }));
}

TEST_P(SyntaxProperties, R_C3_OneHostileValueNeverAddsAParameter) {
    EXPECT_TRUE(rc::check([&] {
        const std::string value = *hostile_text();
        check_round_trip(*syntax_,
                         {parameter("first", "1"), parameter("hostile", value), parameter("last", "2")});
    }));
}

TEST_P(SyntaxProperties, R_C3_OneHostileSecretNeverAddsAParameter) {
    const SettingKey password{3, 1};
    EXPECT_TRUE(rc::check([&] {
        const std::string value = *hostile_text();
        const Parameters parameters = {parameter("first", "1"), secret_parameter("hostile", password),
                                       parameter("last", "2")};
        const Result<std::string> file = render(*syntax_, parameters, FakeSecrets({{password, value}}));
        if (!file) {
            RC_ASSERT(file.error().where == "parameter 'hostile'");
            RC_ASSERT(value.size() < 6 || file.error().text().find(value) == std::string::npos);
            return;
        }
        const auto parsed = syntax_->parse(*file);
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(parsed->size() == 3U);
        RC_ASSERT((*parsed)[1].value == value);
    }));
}

TEST_P(SyntaxProperties, ParserTakesNothingLooserThanWhatIsWritten) {
    EXPECT_TRUE(rc::check([&] { check_strict(*syntax_, any_damaged(*syntax_, GetParam())); }));
}

INSTANTIATE_TEST_SUITE_P(
    All, SyntaxProperties,
    ::testing::Values(
        Case{"key_value", "key-value", {{"header", "#!version:1.0.0.1"}}, false, false},
        Case{"key_value_colon", "key-value", {{"separator", ":"}, {"refuse", "|"}}, false, false},
        Case{"xml_elements",
             "xml-elements",
             {{"section_attributes", "e=\"2\""}, {"groups", "keys"}},
             true,
             true},
        Case{"xml_attributes", "xml-attributes", {}, false, false},
        Case{"xml_attributes_lines", "xml-attributes", {{"line_breaks", "escape"}}, false, false},
        Case{"flat_profile", "flat-profile", {}, true, false}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace provost::testing
