// What people choose and others guess first: words, bare of the digits and signs that are put around them
// (password_rules.h). Written for this program; in order, so that it is searched in halves.
#include "domain/password_rules.h"

#include <algorithm>
#include <vector>

namespace provost {

namespace {

constexpr std::string_view words =
    "abcabc abcdef abcdefgh abcdefghijkl abracadabra access admin adminadmin administrator alexander "
    "alexandra america andrea andrew android angel angela anthony apple april arsenal asdfasdf asdfgh "
    "asdfghjkl asdfghjklzxcvbnm asdfjkl ashley august austria autumn azerty babyboy babygirl backup "
    "badboy baerchen banana barbara barcelona baseball basketball batman bayern beautiful benjamin berlin "
    "bigdaddy bigdog blackjack blessed blink bluebird brandon brian brooklyn brother bubbles business "
    "buster butterfly california camaro cameron carlos caroline casper champion changeit changeme charles "
    "charlie cheese chelsea chicago chicken chocolate christ christian christopher classic claudia coffee "
    "colorado company computer cookie correcthorsebatterystaple corvette cowboy crystal cupcake daddy "
    "dallas daniel daniela darling database david death debian december default delta demo dennis denver "
    "destiny deutschland dezember diamond dienstag disney dolphin donald donnerstag dortmund dragon "
    "dreams ducati eagles eclipse edward einstein einszweidrei elephant elizabeth emily eminem engel "
    "enigma example explorer facebook falcon family fantasy father februar february felix ferrari "
    "firebird firma fishing florian florida flower football forever fortnite frank frankfurt freedom "
    "freitag friday friends fruehling fussball gabriel gandalf geheim geheimnis gemini genesis george "
    "germany giants gibson ginger golden goldfish goldie google gorilla grandma guest guitar hallo "
    "hallohallo hamburg hammer hannah hannover happiness hardcore harley hase heather heaven hello "
    "hellokitty helpdesk herbst hercules hockey hollywood honda honey horses hotmail houston hunter "
    "iamadmin iamtheadmin icecream ichliebedich iloveyou incorrect indiana inferno internet iphone "
    "ironman jackson jacob januar january jasmine jasper jennifer jessica jesus jkloe johannes johnson "
    "jonathan jordan joseph joshua juli julian july june juni jupiter justice justin juventus katharina "
    "kawasaki keinpasswort kennwort kevin killer kimberly kitten knight lakers laura lauren legend leonie "
    "leopard letmein letmeinplease liberty liebling linkedin linux liverpool lkjhgfdsa login lollipop "
    "london loremipsum lovely loveme lucky lukas macintosh madison madonna maerz maggie magic manuel "
    "march marcus maria marina marine marlboro martin martina master matrix matthew mausi maverick "
    "maximilian meinpasswort melanie melissa mercedes mercury merlin metallica michael michelle mickey "
    "microsoft midnight miguel minecraft mission mittwoch mnbvcxz mommy monday monica monkey monster "
    "montag montana morgan mother mountain muenchen music mustang mylove mypassword mystery naruto nascar "
    "natalie natasha nathan network netzwerk neuespasswort nevada newcastle newlife newpassword newyork "
    "nicholas nicole nintendo nirvana nopassword nothing november ocean october office oktober "
    "oldpassword oliver olivia onetwothree onetwothreefour opensesame orange packers panther paradise "
    "paris passion password passwordi2eas6t89 passwordpassword passwort passwortpasswort patricia patrick "
    "peaches peanut penguin pepper peter phantom philipp phoenix phone pikachu pirate player playstation "
    "please pleaseletmein poiuytrewq pokemon porsche precious predator prince princess prinzessin private "
    "provision provisioning provost public pumpkin purple pussycat qazwsx qazwsxedc qwerasdf qwerasdfzxcv "
    "qwerty qwertyqwerty qwertyuiop qwertz qwertzuiop rabbit rachel raiders rainbow ranger realmadrid "
    "rebecca redsox remember richard robert rocket rockyou root russia sabine sabrina sailor samantha "
    "sample samstag samsung sandra sarah saturday saturn scarface schalke schatz schatzi schnecke schweiz "
    "scooter scorpion sebastian secret secretsecret secure security september server service servus sexy "
    "shadow shalom sierra silver simone simpsons sipphone sister skippy skywalker slayer slipknot smokey "
    "snickers sniper snoopy snowball soccer soldier sommer sonnenschein sonntag sophie sparky spartan "
    "spider spiderman spirit spring stalker startrek starwars steelers stefan stella stephanie steven "
    "stinky strawberry strengeheim student stuttgart success sugar summer sunday sunflower sunset "
    "sunshine superman supersecret superuser support surfer susanne sweetheart switzerland swordfish "
    "sylvia system tarzan teacher telefon telephone temp temporary tennis teresa test tester testing "
    "testtest texas thequickbrownfox thisisapassword thomas thunder thunderbird thursday tiffany tiger "
    "tigger tobias tomcat topsecret tornado tottenham toyota trinity trouble trustno tuesday turtle "
    "twitter ubuntu united user vampire vanessa veronica verysecret victoria vienna viking vincent violet "
    "voip voyager walter warcraft warlock warrior watermelon wednesday welcome whatever whiskey wien "
    "william willkommen willow windows winter wizard wolf wolverine wonder wrongpassword wsxedc xavier "
    "yamaha yankee yankees yellow youtube zachary zeppelin zombie zuerich zxcvbn zxcvbnm zxcvbnmasdfghjkl "
    "zxcvzxcv";

std::vector<std::string_view> split() {
    std::vector<std::string_view> list;
    for (std::size_t at = 0; at < words.size();) {
        const auto end = std::min(words.find(' ', at), words.size());
        list.push_back(words.substr(at, end - at));
        at = end + 1;
    }
    return list;
}

// One word, or several that follow each other.
bool all_common(const std::vector<std::string_view>& list, std::string_view text, int most) {
    if (text.empty()) return true;
    if (most == 0) return false;
    for (std::size_t size = text.size(); size >= 4; --size)
        if (std::binary_search(list.begin(), list.end(), text.substr(0, size)) &&
            all_common(list, text.substr(size), most - 1))
            return true;
    return false;
}

}  // namespace

bool is_common_password(std::string_view bare) {
    static const auto list = split();
    return !bare.empty() && bare.size() <= 64 && all_common(list, bare, 2);
}

}  // namespace provost
