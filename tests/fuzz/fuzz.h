// What every fuzz target uses: its entry point's declaration and a check that no build leaves out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// libfyaml 0.7.12 loses the buffer of a quoted text that never ends (docs/known-gaps.md). Its leaks are not
// ours to find.
extern "C" __attribute__((weak)) const char* __lsan_default_suppressions() {
    return "leak:libfyaml";
}

namespace provost::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// Ends the program, so that the fuzzer keeps the input.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "violated: %s\n", what);
    std::abort();
}

}  // namespace provost::fuzz
