# Asks Ninja what the image of the protocols and the file that holds it are made from: every YAML file of protocols/ and
# the program that reads them must be among it, or a build after a change would go on with the old protocols.
cmake_minimum_required(VERSION 3.25)

function(check_inputs target)
  execute_process(COMMAND "${NINJA}" -C "${BUILD}" -t query "${target}" RESULT_VARIABLE exit OUTPUT_VARIABLE inputs
                  ERROR_VARIABLE inputs)
  if(NOT exit EQUAL 0)
    message(FATAL_ERROR "${target}: ${inputs}")
  endif()
  foreach(input IN LISTS ARGN)
    string(FIND "${inputs}" "${input}\n" found)
    if(found EQUAL -1)
      message(FATAL_ERROR "${target} is not built anew when ${input} changes")
    endif()
  endforeach()
endfunction()

file(GLOB_RECURSE protocols "${SOURCE}/protocols/*.yaml")
if(NOT protocols)
  message(FATAL_ERROR "no protocols in ${SOURCE}")
endif()
check_inputs(lib/protocols.image ${protocols} lib/needleplan-compile-protocols)
check_inputs(lib/CMakeFiles/needleplan.dir/embedded.S.o ${protocols} lib/protocols.image)
