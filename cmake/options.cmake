# Warnings, hardening and sanitizers, for everything that is built.
add_library(provost_options INTERFACE)
target_compile_options(provost_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -fno-strict-aliasing)
target_compile_definitions(provost_options INTERFACE PROVOST_VERSION="${PROJECT_VERSION}")

set(PROVOST_SANITIZE "" CACHE STRING "sanitizers to build with: address,undefined or thread")
if(PROVOST_SANITIZE)
  target_compile_options(provost_options INTERFACE -fsanitize=${PROVOST_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(provost_options INTERFACE -fsanitize=${PROVOST_SANITIZE})
endif()

option(PROVOST_HARDENED "hardening flags of a release" OFF)
if(PROVOST_HARDENED)
  target_compile_options(provost_options INTERFACE -fstack-protector-strong -fstack-clash-protection
    $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection=full> -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
    -D_GLIBCXX_ASSERTIONS)
  target_link_options(provost_options INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

option(PROVOST_COVERAGE "measure coverage" OFF)
if(PROVOST_COVERAGE)
  target_compile_options(provost_options INTERFACE --coverage -O0)
  target_link_options(provost_options INTERFACE --coverage)
endif()
