# Runs one golden case and compares what came out, byte for byte.
#
#   cmake -DPROGRAM=... -DCASE=FOLDER -DSCRATCH=FOLDER -P golden.cmake
#
# A case is a folder; the program runs in it:
#   args      the command line after the program's name, as a shell reads it
#   prepare   a shell script that makes inputs too large or too odd to keep; the program then runs in the scratch folder
#             that the script ran in (absent: in the case)
#   stdin     what it reads from standard input (absent: nothing)
#   stdout    what it must print (absent: nothing)
#   stderr    what it must say (absent: nothing)
#   exit      the number it must exit with (absent: 0)
#   files/    what it must have written under $OUT, an empty folder that `args` may name
#
# Each case runs in two time zones a day apart, and must do the same in both. UPDATE=1 in the environment rewrites
# the case instead; the difference in version control is then the review.
cmake_minimum_required(VERSION 3.25)

file(READ "${CASE}/args" args)
string(REGEX REPLACE "[\r\n]+$" "" args "${args}")
set(input /dev/null)
if(EXISTS "${CASE}/stdin")
  set(input "${CASE}/stdin")
endif()

# The sanitizers' own settings pass; nothing else of the caller's surroundings does.
set(environment "PATH=$ENV{PATH}" HOME=/nonexistent LC_ALL=C.UTF-8 "OUT=${SCRATCH}/files" "NEEDLEPLAN=${PROGRAM}")
foreach(name IN ITEMS ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS)
  if(DEFINED ENV{${name}})
    list(APPEND environment "${name}=$ENV{${name}}")
  endif()
endforeach()

function(show_difference label expected actual)
  if(NOT EXISTS "${expected}")
    set(expected /dev/null)
  endif()
  if(NOT EXISTS "${actual}")
    set(actual /dev/null)
  endif()
  execute_process(COMMAND diff -u --label "${label} expected" --label "${label} got" "${expected}" "${actual}"
                  OUTPUT_VARIABLE difference)
  message("${difference}")
endfunction()

# Keeps NEW as OLD; an empty file is not kept.
function(keep new old)
  file(SIZE "${new}" size)
  if(size EQUAL 0)
    file(REMOVE "${old}")
  else()
    file(COPY_FILE "${new}" "${old}")
  endif()
endfunction()

set(zones "<+14>-14" "<-12>12")
if(DEFINED ENV{UPDATE})
  set(zones "<+14>-14")
endif()

foreach(zone IN LISTS zones)
  file(REMOVE_RECURSE "${SCRATCH}")
  file(MAKE_DIRECTORY "${SCRATCH}/files")
  set(folder "${CASE}")
  if(EXISTS "${CASE}/prepare")
    set(folder "${SCRATCH}/work")
    file(MAKE_DIRECTORY "${folder}")
    execute_process(COMMAND sh -e "${CASE}/prepare" WORKING_DIRECTORY "${folder}" COMMAND_ERROR_IS_FATAL ANY)
  endif()
  execute_process(
    COMMAND env -i ${environment} "TZ=${zone}" sh -c "exec \"$NEEDLEPLAN\" ${args}"
    WORKING_DIRECTORY "${folder}" INPUT_FILE "${input}" OUTPUT_FILE "${SCRATCH}/stdout" ERROR_FILE "${SCRATCH}/stderr"
    RESULT_VARIABLE exit)
  file(GLOB_RECURSE written RELATIVE "${SCRATCH}/files" "${SCRATCH}/files/*")

  if(DEFINED ENV{UPDATE})
    keep("${SCRATCH}/stdout" "${CASE}/stdout")
    keep("${SCRATCH}/stderr" "${CASE}/stderr")
    file(REMOVE_RECURSE "${CASE}/files")
    foreach(path IN LISTS written)
      get_filename_component(folder "${CASE}/files/${path}" DIRECTORY)
      file(MAKE_DIRECTORY "${folder}")
      file(COPY_FILE "${SCRATCH}/files/${path}" "${CASE}/files/${path}")
    endforeach()
    if(exit EQUAL 0)
      file(REMOVE "${CASE}/exit")
    else()
      file(WRITE "${CASE}/exit" "${exit}\n")
    endif()
    return()
  endif()

  set(failed FALSE)
  set(expected_exit 0)
  if(EXISTS "${CASE}/exit")
    file(STRINGS "${CASE}/exit" expected_exit LIMIT_COUNT 1)
  endif()
  if(NOT exit STREQUAL expected_exit)
    message("exit: expected ${expected_exit}, got ${exit}")
    set(failed TRUE)
  endif()

  file(GLOB_RECURSE expected_files RELATIVE "${CASE}/files" "${CASE}/files/*")
  set(names stdout stderr)
  foreach(path IN LISTS expected_files written)
    list(APPEND names "files/${path}")
  endforeach()
  list(REMOVE_DUPLICATES names)
  foreach(name IN LISTS names)
    set(expected "${CASE}/${name}")
    if(NOT EXISTS "${expected}" AND name MATCHES "^std")
      set(expected /dev/null)
    endif()
    execute_process(COMMAND cmp -s "${expected}" "${SCRATCH}/${name}" RESULT_VARIABLE differs)
    if(NOT differs EQUAL 0)
      show_difference("${name}" "${expected}" "${SCRATCH}/${name}")
      set(failed TRUE)
    endif()
  endforeach()
  if(failed)
    message(FATAL_ERROR "needleplan ${args}\n(in ${CASE}, TZ=${zone}; UPDATE=1 rewrites the case)")
  endif()
endforeach()
