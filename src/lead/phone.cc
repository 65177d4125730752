// phone.cc - libphonenumber, which is C++, behind the three functions of lead.h.
#include <phonenumbers/phonenumberutil.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "lead/phone.h"

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

const char *reason(PhoneNumberUtil::ErrorType type) {
    switch (type) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
        return "";
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
        return "has no known country code";
    case PhoneNumberUtil::NOT_A_NUMBER:
        return "is not a phone number";
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
        return "is too short";
    case PhoneNumberUtil::TOO_LONG_NSN:
        return "is too long";
    }
    return "is not a phone number";
}

int refuse(char *why, size_t why_size, const char *text) {
    (void)snprintf(why, why_size, "%s", text);
    return EINVAL;
}

}  // namespace

int phone_normalise(char out[PHONE_MAX], const char *text, const char *default_region, char *why, size_t why_size) try {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    std::string e164;
    const auto error = util.Parse(text, default_region != nullptr ? default_region : "ZZ", &number);

    if (error != PhoneNumberUtil::NO_PARSING_ERROR)
        return refuse(why, why_size, reason(error));
    if (!util.IsValidNumber(number))
        return refuse(why, why_size, "is not a valid number of its country");
    util.Format(number, PhoneNumberUtil::E164, &e164);
    if (e164.size() >= PHONE_MAX)
        return refuse(why, why_size, "is too long");
    (void)snprintf(out, PHONE_MAX, "%s", e164.c_str());
    return 0;
} catch (const std::bad_alloc &) {
    return ENOMEM;
}

void phone_format(char *out, size_t size, const char *e164) try {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    std::string shown = e164;

    if (util.Parse(e164, "ZZ", &number) == PhoneNumberUtil::NO_PARSING_ERROR)
        util.Format(number, number.country_code() == 1 ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &shown);
    (void)snprintf(out, size, "%s", shown.c_str());
} catch (const std::bad_alloc &) {
    (void)snprintf(out, size, "%s", e164);
}
