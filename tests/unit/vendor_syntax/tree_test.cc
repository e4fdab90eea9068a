// `xml-tree` by example: the shapes of nested XML that phones read, what is refused, what its parser says.
#include "syntax_testing.h"

#include <gmock/gmock.h>

namespace provost::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const SettingKey password{3, 1};
const FakeSecrets secrets({{password, "s3<cret"}});

Parameter secret_at(std::string name, std::string prefix = "") {
    Parameter made = secret_parameter(std::move(name), password);
    made.value = std::move(prefix);
    return made;
}

std::string written(const SyntaxOptions& options, const Parameters& parameters,
                    std::vector<std::string> names = {}) {
    return written(*syntax_of("xml-tree", options), parameters, secrets, std::move(names));
}

std::string refusal_of(Parameters parameters, const SyntaxOptions& options = {}) {
    const auto file = render(*syntax_of("xml-tree", options), parameters, secrets);
    return file ? "" : file.error().code + " " + file.error().text();
}

std::string parse_error(const std::string& inside, SyntaxOptions options = {}) {
    options["header"] = "";
    const auto parsed = syntax_of("xml-tree", options)->parse("<config>\n" + inside + "</config>\n");
    return parsed ? "" : parsed.error().code + " " + parsed.error().text();
}

std::string option_error(const SyntaxOptions& options) {
    const auto made = make_syntax("xml-tree", options);
    return made ? "" : made.error().code + " " + made.error().text();
}

TEST(XmlTree, NumberedElementsBelowABranchWithAVersion) {
    EXPECT_EQ(
        written(
            {{"root", "provision"}, {"root_attributes", "version=\"1\""}, {"tags", "config version=\"1\""}},
            {parameter("mac", "000b82aabbcc"), parameter("config/P271", "1", {{"para", "A<1"}}),
             secret_at("config/P34")}),
        R"(<?xml version="1.0" encoding="UTF-8"?>
<provision version="1">
  <mac>000b82aabbcc</mac>
  <config version="1">
    <P271 para="A&lt;1">1</P271>
    <P34>s3&lt;cret</P34>
  </config>
</provision>
)");
}

TEST(XmlTree, NamedItems) {
    EXPECT_THAT(written({{"identify", "item@name"}, {"tags", "config version=\"2\""}},
                        {parameter("config/item[account.1.sip.userid]", "100")}),
                HasSubstr("  <config version=\"2\">\n"
                          "    <item name=\"account.1.sip.userid\">100</item>\n"));
}

TEST(XmlTree, NamedParametersWithTheirValuesAsAttributes) {
    EXPECT_EQ(
        written({{"header", ""},
                 {"root", "provisioning"},
                 {"root_attributes", "version=\"1.1\""},
                 {"identify", "param@name, oper@name@value"},
                 {"value_attribute", "value"}},
                {parameter("@productID", "e2"), parameter("firmware/file/@version", "2.65"),
                 parameter("firmware/file/@url", "https://a/b?c&d"),
                 parameter("nvm/param[SipProvider.0.Port]", "5061"),
                 parameter("nvm/oper[add_hs][00001]/param[hs.RegStatus]", "ToReg"),
                 parameter("nvm/oper[add_hs][00002]/param[hs.RegStatus]", "ToReg"),
                 secret_at("nvm/param[SipAccount.00001.AuthPassword]")},
                {"@productID", "firmware/file/@version", "firmware/file/@url",
                 "nvm/param[SipProvider.0.Port]", "nvm/oper[add_hs][00001]/param[hs.RegStatus]",
                 "nvm/oper[add_hs][00002]/param[hs.RegStatus]", "nvm/param[SipAccount.00001.AuthPassword]"}),
        R"(<provisioning version="1.1" productID="e2">
  <firmware>
    <file version="2.65" url="https://a/b?c&amp;d"/>
  </firmware>
  <nvm>
    <param name="SipProvider.0.Port" value="5061"/>
    <oper name="add_hs" value="00001">
      <param name="hs.RegStatus" value="ToReg"/>
    </oper>
    <oper name="add_hs" value="00002">
      <param name="hs.RegStatus" value="ToReg"/>
    </oper>
    <param name="SipAccount.00001.AuthPassword" value="s3&lt;cret"/>
  </nvm>
</provisioning>
)");
}

TEST(XmlTree, ItemsOfAClassWithQuotedSecretsInAscii) {
    const SyntaxOptions options{{"header", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"},
                                {"root", "ProviderFrame"},
                                {"identify", "SYMB_ITEM@ID"},
                                {"tags", "SYMB_ITEM class=\"symb_item\", PROFILE_NAME class=\"string\""},
                                {"value_attribute", "value"},
                                {"quote_secrets", "double"},
                                {"characters", "ascii"}};
    EXPECT_THAT(written(options, {parameter("Provider/MAC_ADDRESS", "000b82aabbcc"),
                                  parameter("Provider/PROFILE_NAME", "\"office\""),
                                  secret_at("Provider/SYMB_ITEM[Pass]", "a:")}),
                HasSubstr("    <MAC_ADDRESS value=\"000b82aabbcc\"/>\n"
                          "    <PROFILE_NAME class=\"string\" value=\"&quot;office&quot;\"/>\n"
                          "    <SYMB_ITEM ID=\"Pass\" class=\"symb_item\""
                          " value=\"&quot;a:s3&lt;cret&quot;\"/>\n"));
    EXPECT_THAT(refusal_of({parameter("a", "\xc3\xa4")}, options), HasSubstr("ASCII"));
    EXPECT_THAT(refusal_of({secret_at("a", "\"")}, options), HasSubstr("double quote"));
    EXPECT_THAT(
        text_or_error(syntax_of("xml-tree", options)->parse("<ProviderFrame>\xc3\xa4").map([](const auto&) {
            return std::string();
        })),
        HasSubstr("line 1, column 16: the file holds more than ASCII"));
}

TEST(XmlTree, SettingsAndAccountsMadeOfAttributes) {
    const SyntaxOptions options{
        {"header", ""}, {"identify", "setting@id, account@index"}, {"value_attribute", "value"}};
    EXPECT_EQ(
        written(
            options,
            {parameter("accounts/account[0]/host_primary/@server", "sip.example.net"),
             parameter("setting[ntp_server]", "ntp.example.net"),
             parameter("accounts/account[0]/@username", "100"), secret_at("accounts/account[0]/@password"),
             parameter("accounts/account[1]/@username", "101"),
             parameter("accounts/account[0]/host_primary/@port", "5061"), secret_at("setting[pbx]/@pass")},
            {"accounts/account[0]/@username", "accounts/account[0]/@password",
             "accounts/account[0]/host_primary/@server", "accounts/account[0]/host_primary/@port",
             "accounts/account[1]/@username", "setting[ntp_server]", "setting[pbx]/@pass"}),
        R"(<config>
  <accounts>
    <account index="0" username="100" password="s3&lt;cret">
      <host_primary server="sip.example.net" port="5061"/>
    </account>
    <account index="1" username="101"/>
  </accounts>
  <setting id="ntp_server" value="ntp.example.net"/>
  <setting id="pbx" pass="s3&lt;cret"/>
</config>
)");
}

TEST(XmlTree, SectionsAndEntries) {
    EXPECT_EQ(written({{"header", ""},
                       {"root_attributes", "xmlns=\"http://example.net/config.xsd\""},
                       {"identify", "section@name, entry@name"},
                       {"tags", "entry overwrite=\"true\""}},
                      {parameter("section[proxy_0]/entry[reg_proxy]", "\"A\" <sip:a@b;transport=tls>"),
                       parameter("section[sip]/entry[default_proxy]", "0"),
                       parameter("section[proxy_0]/entry[reg_expires]", "3600")},
                      {"section[proxy_0]/entry[reg_proxy]", "section[proxy_0]/entry[reg_expires]",
                       "section[sip]/entry[default_proxy]"}),
              R"(<config xmlns="http://example.net/config.xsd">
  <section name="proxy_0">
    <entry name="reg_proxy" overwrite="true">"A" &lt;sip:a@b;transport=tls&gt;</entry>
    <entry name="reg_expires" overwrite="true">3600</entry>
  </section>
  <section name="sip">
    <entry name="default_proxy" overwrite="true">0</entry>
  </section>
</config>
)");
}

TEST(XmlTree, ObjectsNamedByTheirFirstChild) {
    EXPECT_EQ(written({{"header", ""},
                       {"root", "ParameterList"},
                       {"identify", "Object/Name, ParameterValueStruct/Name"}},
                      {parameter("@X_Reset", "All"),
                       parameter("Object[Line.1.]/ParameterValueStruct[Enable]/Value", "1"),
                       parameter("Object[Line.2.]/ParameterValueStruct[Enable]/Value", "",
                                 {{"X_UseDefault", "Yes"}}),
                       secret_at("Object[Line.1.]/ParameterValueStruct[Pass]/Value")},
                      {"@X_Reset", "Object[Line.1.]/ParameterValueStruct[Enable]/Value",
                       "Object[Line.1.]/ParameterValueStruct[Pass]/Value",
                       "Object[Line.2.]/ParameterValueStruct[Enable]/Value"}),
              R"(<ParameterList X_Reset="All">
  <Object>
    <Name>Line.1.</Name>
    <ParameterValueStruct>
      <Name>Enable</Name>
      <Value>1</Value>
    </ParameterValueStruct>
    <ParameterValueStruct>
      <Name>Pass</Name>
      <Value>s3&lt;cret</Value>
    </ParameterValueStruct>
  </Object>
  <Object>
    <Name>Line.2.</Name>
    <ParameterValueStruct>
      <Name>Enable</Name>
      <Value X_UseDefault="Yes"></Value>
    </ParameterValueStruct>
  </Object>
</ParameterList>
)");
}

TEST(XmlTree, OneElementEachBelowTheRoot) {
    EXPECT_EQ(written({{"header", ""}, {"root", "account"}},
                      {parameter("title", "Anna & Co"), secret_at("password"), parameter("proxy", "")}),
              "<account>\n  <title>Anna &amp; Co</title>\n  <password>s3&lt;cret</password>\n"
              "  <proxy></proxy>\n</account>\n");
}

TEST(XmlTree, ModulesOfWhichSomeHaveAnIndex) {
    const SyntaxOptions options{{"header", ""},
                                {"root", "sysConf"},
                                {"identify", "Sip@At, line@index, internal@index, Fkey@index, idx@id"}};
    EXPECT_EQ(written(options, {parameter("Version", "2.0000000000"), parameter("Phone/Sip[0]/User/Id", "1"),
                                parameter("Phone/Sip[0]/Registrar/Port", "5061"),
                                parameter("sip/line[1]/EnableReg", "1"),
                                parameter("dsskey/internal[1]/Fkey[2]/Type", "1"),
                                parameter("sip_account/label/idx[1]", "Anna")}),
              R"(<sysConf>
  <Version>2.0000000000</Version>
  <Phone>
    <Sip At="0">
      <User>
        <Id>1</Id>
      </User>
      <Registrar>
        <Port>5061</Port>
      </Registrar>
    </Sip>
  </Phone>
  <sip>
    <line index="1">
      <EnableReg>1</EnableReg>
    </line>
  </sip>
  <dsskey>
    <internal index="1">
      <Fkey index="2">
        <Type>1</Type>
      </Fkey>
    </internal>
  </dsskey>
  <sip_account>
    <label>
      <idx id="1">Anna</idx>
    </label>
  </sip_account>
</sysConf>
)");
}

TEST(XmlTree, ElementsToldByTheirPlaceStandInOrder) {
    const SyntaxOptions options{{"header", ""}, {"root", "options"}, {"identify", "account#, codec#"}};
    EXPECT_EQ(
        written(options,
                {parameter("accounts/account[2]/name", "two"), parameter("accounts/account[1]/name", "one"),
                 parameter("accounts/account[1]/codecs/codec[1]/codec_id", "0"),
                 parameter("accounts/account[2]/codecs/codec[1]/codec_id", "8")},
                {"accounts/account[1]/name", "accounts/account[1]/codecs/codec[1]/codec_id",
                 "accounts/account[2]/name", "accounts/account[2]/codecs/codec[1]/codec_id"}),
        R"(<options>
  <accounts>
    <account>
      <name>one</name>
      <codecs>
        <codec>
          <codec_id>0</codec_id>
        </codec>
      </codecs>
    </account>
    <account>
      <name>two</name>
      <codecs>
        <codec>
          <codec_id>8</codec_id>
        </codec>
      </codecs>
    </account>
  </accounts>
</options>
)");
}

TEST(XmlTree, R_C3_RefusesAPlaceThatWouldShift) {
    const SyntaxOptions options{{"identify", "account#"}};
    EXPECT_THAT(refusal_of({parameter("account[2]/name", "1")}, options),
                HasSubstr("P-2301 parameter 'account[2]/name': the phone's file can't carry this parameter "
                          "exactly: no parameter uses a place before its own"));
    EXPECT_THAT(refusal_of({parameter("a/b/c/d", "1"), parameter("account[2]/name", "1")}, options),
                HasSubstr("'account[2]/name'"));
    EXPECT_THAT(refusal_of({parameter("account[9999]/name", "1")}, options), HasSubstr("a place before"));
    for (const std::string place : {"[0]", "[01]", "[x]", "[10000]", "[1 ]", ""}) {
        EXPECT_THAT(refusal_of({parameter("account" + place + "/name", "1")}, options), HasSubstr("place"))
            << place;
    }
}

TEST(XmlTree, R_C3_RefusesNamesThatSpellNoPlace) {
    const SyntaxOptions options{{"identify", "item@name, Object/Name, nth#"}};
    for (const std::string name : {"",
                                   "/",
                                   "a/",
                                   "/a",
                                   "a//b",
                                   "a b",
                                   "a/b c",
                                   "1a",
                                   "@",
                                   "a/@",
                                   "@a/b",
                                   "a/@b/c",
                                   "item[",
                                   "item[]",
                                   "item[a",
                                   "item[a]b",
                                   "item[a][b]",
                                   "item[a/b]",
                                   "item[a\n]",
                                   "item[\xff]",
                                   "a[b]",
                                   "a<b",
                                   "Object",
                                   "Object[a]",
                                   "nth[1]",
                                   "Object[a]/Name",
                                   "Object[a]/Name/b",
                                   "Object/Name",
                                   "item]"}) {
        EXPECT_THAT(refusal_of({parameter(name, "1")}, options), HasSubstr("P-2301")) << name;
    }
    EXPECT_EQ(refusal_of({parameter("item[a b<\"&>']", "1")}, options), "");
}

TEST(XmlTree, R_C3_RefusesAttributesThatWouldReadAsSomethingElse) {
    const SyntaxOptions options{
        {"identify", "item@name@value, tag@id"}, {"tags", "tag class=\"c\""}, {"value_attribute", "value"}};
    EXPECT_THAT(refusal_of({parameter("item", "1", {{"name", "a"}})}, options), HasSubstr("twice"));
    EXPECT_THAT(refusal_of({parameter("tag[a]", "1", {{"class", "a"}})}, options), HasSubstr("twice"));
    EXPECT_THAT(refusal_of({parameter("b", "1", {{"value", "a"}})}, options), HasSubstr("there already"));
    EXPECT_THAT(refusal_of({parameter("b", "1", {{"x", "a"}, {"x", "a"}})}, options), HasSubstr("twice"));
    EXPECT_THAT(refusal_of({parameter("item[a][b]", "1")}, options), HasSubstr("there already"));
    EXPECT_THAT(refusal_of({parameter("item/@name", "1")}, options), HasSubstr("has it already"));
    EXPECT_THAT(refusal_of({parameter("tag[a]/@class", "1")}, options), HasSubstr("has it already"));
    EXPECT_THAT(refusal_of({parameter("b/@value", "1")}, options), HasSubstr("has it already"));
    EXPECT_THAT(refusal_of({parameter("b/@x", "1"), parameter("b/@x", "2")}), HasSubstr("has it already"));
    EXPECT_THAT(refusal_of({parameter("b/@x", "1", {{"y", "1"}})}), HasSubstr("can't have any"));
    EXPECT_THAT(refusal_of({parameter("b/@x", "a\n")}), HasSubstr("control character"));
    EXPECT_EQ(refusal_of({parameter("b/@value", "1")}), "");
    EXPECT_EQ(refusal_of({parameter("item[a]", "1", {{"x", "a"}})}, options), "");
}

TEST(XmlTree, NamesAndAttributesHaveLimits) {
    std::string deep = "a";
    for (int i = 1; i < 16; ++i) deep += "/a";
    EXPECT_EQ(refusal_of({parameter(deep, "1"), parameter(deep + "/@b", "1")}), "");
    EXPECT_THAT(refusal_of({parameter(deep + "/a", "1")}), HasSubstr("too many steps"));
    EXPECT_THAT(refusal_of({parameter(deep + "/a/a", "1")}), HasSubstr("too many steps"));
    EXPECT_THAT(refusal_of({parameter(std::string(513, 'a'), "1")}), HasSubstr("too long"));
    Parameters many;
    for (int i = 0; i < 65; ++i) many.push_back(parameter("a/@b" + std::to_string(i), "1"));
    EXPECT_THAT(refusal_of(many), HasSubstr("too many attributes"));
    std::string nested;
    for (int i = 1; i <= 17; ++i) nested += std::string(static_cast<std::size_t>(2 * i), ' ') + "<a>\n";
    EXPECT_THAT(parse_error(nested), HasSubstr("line 18, column 35: elements are nested too deep"));
}

TEST(XmlTree, ParserIsStrict) {
    const SyntaxOptions options{{"identify", "item@name, Object/Name, nth#"}, {"tags", "tag a=\"1\""}};
    const auto error = [&options](const std::string& inside) { return parse_error(inside, options); };
    EXPECT_EQ(error("  <a>1</a>\n"), "");
    EXPECT_THAT(error("  <a>\n  </a>\n"), HasSubstr("without parameters"));
    EXPECT_THAT(error("  <a/>\n"), HasSubstr("without parameters"));
    EXPECT_THAT(error("  <a b=\"1\">\n  </a>\n"), HasSubstr("without parameters"));
    EXPECT_THAT(error("  <a>\n    <b>1</b>\n  </a>\n  <a>\n    <b>1</b>\n  </a>\n"), HasSubstr("twice"));
    EXPECT_THAT(error("  <a b=\"1\"/>\n  <a b=\"1\"/>\n"), HasSubstr("twice"));
    EXPECT_THAT(error("  <a>1</b>\n"), HasSubstr("line 2, column 9: expected 'a'"));
    EXPECT_THAT(error("   <a>1</a>\n"), HasSubstr("line 2, column 3: expected '<'"));
    EXPECT_THAT(error("  <!-- a -->\n"), HasSubstr("expected a name"));
    EXPECT_THAT(error("  <a><![CDATA[1]]></a>\n"), HasSubstr("expected '</'"));
    EXPECT_THAT(error("  <tag>1</tag>\n"), HasSubstr("always has"));
    EXPECT_THAT(error("  <item b=\"1\" name=\"a\">1</item>\n"), HasSubstr("out of place"));
    EXPECT_THAT(error("  <item name=\"a/b\">1</item>\n"), HasSubstr("brackets"));
    EXPECT_THAT(error("  <item name=\"\">1</item>\n"), HasSubstr("brackets"));
    EXPECT_THAT(error("  <nth>1</nth>\n"), HasSubstr("can't hold a value"));
    EXPECT_THAT(error("  <Object>\n    <Name>a</Name>\n  </Object>\n"), HasSubstr("without parameters"));
    EXPECT_THAT(error("  <Object>\n    <b>1</b>\n    <Name>a</Name>\n  </Object>\n"), HasSubstr("place"));
    EXPECT_THAT(error("  <Object>\n    <Name x=\"1\">a</Name>\n  </Object>\n"), HasSubstr("place"));
    EXPECT_THAT(parse_error("  <a>1</a>\n", {{"value_attribute", "value"}}), HasSubstr("line end"));
    EXPECT_THAT(parse_error("  <a value=\"1\" b=\"1\"/>\n", {{"value_attribute", "value"}}),
                HasSubstr("out of place"));
}

TEST(XmlTree, RefusesUselessOptions) {
    EXPECT_EQ(option_error({{"identify", "a@b@c, d/e, f#"}, {"tags", "a x=\"1\" y=\", \", b z=\"\""}}), "");
    for (const std::string identify : {"a", "a@", "a/", "a@b@b", "a@b@c@d@e", "a@b, a@c", "a#, a/b", "a@b;",
                                       "a@b,", "@b", "a@b  c@d", "1@b", "a#b"}) {
        EXPECT_THAT(option_error({{"identify", identify}}), HasSubstr("P-2304 output.options.identify"))
            << identify;
    }
    for (const std::string tags : {"a", "a b", "a b='1'", "a b=\"1\" b=\"2\"", "a b=\"1\", a c=\"1\"",
                                   "a b=\"1\"x", "a b=\"1\",", "a b=\"<\""}) {
        EXPECT_THAT(option_error({{"tags", tags}}), HasSubstr("P-2304 output.options.tags")) << tags;
    }
    EXPECT_THAT(option_error({{"identify", "a@b"}, {"tags", "a b=\"1\""}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error({{"root", "a b"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error({{"root_attributes", "a=1"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error({{"value_attribute", "a b"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error({{"quote_secrets", "yes"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error({{"characters", "latin"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error({{"characters", "ascii"}, {"root_attributes", "a=\"\xc3\xa4\""}}),
                HasSubstr("P-2304"));
}

TEST(XmlTree, RefusedSecretIsNotInTheMessage) {
    for (const std::string name : {"a/b", "a/@b"}) {
        const auto file = render(*syntax_of("xml-tree"), {secret_parameter(name, password)},
                                 FakeSecrets({{password, "hunter2\n"}}));
        ASSERT_FALSE(file.has_value());
        EXPECT_THAT(file.error().text(), Not(HasSubstr("hunter2")));
    }
}

}  // namespace
}  // namespace provost::testing
