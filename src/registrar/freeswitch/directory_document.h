// What mod_xml_curl asks, and the documents it is answered with (signalwire/freeswitch,
// src/mod/xml_int/mod_xml_curl and src/mod/endpoints/mod_sofia/sofia_reg.c). Pure.
#pragma once

#include "registrar/freeswitch/phone_login.h"

#include <optional>
#include <string>
#include <string_view>

namespace provost::registrar {

// Of a user or domain: a longer one is not asked for.
inline constexpr std::size_t longest_asked_name = 128;

// A question for one user of the directory.
struct DirectoryQuestion {
    std::string user, domain;
    std::optional<PhoneLogin> login;  // for which FreeSWITCH asks; nullopt: for none, or its parts are odd
};

// Of a form (application/x-www-form-urlencoded) in a body or behind an address's '?'. nullopt: it asks for
// something else, which is no mistake, or it is no such form. What a phone wrote spoils no question: an odd
// login is none.
std::optional<DirectoryQuestion> read_question(std::string_view form);

// The user with its digest. Without a digest there is no user: FreeSWITCH would register one without any
// password, so allow-empty-password=false goes along besides.
void write_user(const DirectoryQuestion& question, std::string_view ha1, OutputBuffer& document);
void write_not_found(OutputBuffer& document);

}  // namespace provost::registrar
