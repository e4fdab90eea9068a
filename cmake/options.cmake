# Warnings, hardening and sanitizers, for everything that is built.
add_library(provost_options INTERFACE)
target_compile_options(provost_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -fno-strict-aliasing)
target_compile_definitions(provost_options INTERFACE PROVOST_VERSION="${PROJECT_VERSION}")

set(PROVOST_SANITIZE "" CACHE STRING "sanitizers to build with: address,undefined or thread")
# The preset `dev` leaves out what the address sanitizer finds too (null) or what costs the most for the least: these
# checks stand at every access of a member, are half of a program's data and a fifth of its compile time. `fuzz` has all.
set(PROVOST_SANITIZE_LESS "" CACHE STRING "checks of these sanitizers to do without: null,alignment,object-size,vptr")
if(PROVOST_SANITIZE)
  target_compile_options(provost_options INTERFACE -fsanitize=${PROVOST_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  if(PROVOST_SANITIZE_LESS)
    target_compile_options(provost_options INTERFACE -fno-sanitize=${PROVOST_SANITIZE_LESS})
  endif()
  target_link_options(provost_options INTERFACE -fsanitize=${PROVOST_SANITIZE})
  # Some seventy programs are linked for the tests, with a third of the linker's processor time.
  find_program(PROVOST_LLD ld.lld)
  if(PROVOST_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(provost_options INTERFACE -fuse-ld=lld)
  endif()
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
