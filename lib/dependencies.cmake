# The libraries that needleplan is built on, each as one target: needleplan-fmt, needleplan-yaml-cpp,
# needleplan-utf8proc, needleplan-md, needleplan-xxhash, needleplan-cli11. Archives are preferred to shared libraries: a program that loads
# none starts about a millisecond sooner.

# needleplan_archive(TARGET NAME HEADER): TARGET is the archive libNAME.a, or else the library NAME.
function(needleplan_archive target name header)
  find_library(${target}_LIBRARY NAMES lib${name}.a ${name} REQUIRED)
  find_path(${target}_INCLUDE_DIR NAMES ${header} REQUIRED)
  mark_as_advanced(${target}_LIBRARY ${target}_INCLUDE_DIR)
  add_library(${target} INTERFACE)
  target_link_libraries(${target} INTERFACE "${${target}_LIBRARY}")
  target_include_directories(${target} SYSTEM INTERFACE "${${target}_INCLUDE_DIR}")
endfunction()

needleplan_archive(needleplan-yaml-cpp yaml-cpp yaml-cpp/yaml.h)
needleplan_archive(needleplan-utf8proc utf8proc utf8proc.h)
needleplan_archive(needleplan-md md sha2.h)

# Only its header is used.
find_path(needleplan-xxhash_INCLUDE_DIR NAMES xxhash.h REQUIRED)
mark_as_advanced(needleplan-xxhash_INCLUDE_DIR)
add_library(needleplan-xxhash INTERFACE)
target_include_directories(needleplan-xxhash SYSTEM INTERFACE "${needleplan-xxhash_INCLUDE_DIR}")

# Of fmt 9 only the headers are used, and lib/fmt.cpp holds what they call; another fmt brings its own library.
find_package(fmt 9 REQUIRED)
add_library(needleplan-fmt INTERFACE)
if(fmt_VERSION VERSION_LESS 10)
  set(NEEDLEPLAN_FMT_SOURCE ${CMAKE_CURRENT_LIST_DIR}/fmt.cpp)
  target_include_directories(needleplan-fmt SYSTEM
                             INTERFACE $<TARGET_PROPERTY:fmt::fmt-header-only,INTERFACE_INCLUDE_DIRECTORIES>)
else()
  target_link_libraries(needleplan-fmt INTERFACE fmt::fmt)
endif()

find_package(CLI11 2.1 REQUIRED)
add_library(needleplan-cli11 INTERFACE)
target_link_libraries(needleplan-cli11 INTERFACE CLI11::CLI11)
