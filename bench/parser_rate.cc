/* parser_rate.cc - see parser_rate.h. */
#include "parser_rate.h"

#include <chrono>
#include <cstring>

#include <simdjson.h>

double parser_seconds(const char *text, size_t length) {
    simdjson::dom::parser parser;
    auto begun = std::chrono::steady_clock::now();
    for (size_t at = 0; at < length;) {
        const void *end = std::memchr(text + at, '\n', length - at);
        size_t line = end == nullptr ? length - at
                                     : static_cast<size_t>(static_cast<const char *>(end) - text) - at;
        if (line != 0 && parser.parse(text + at, line, false).error() != simdjson::SUCCESS) return -1;
        at += line + 1;
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}
