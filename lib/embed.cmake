# needleplan_embed(VARIABLE FILE COMPILER): writes FILE, an assembler file that holds every file under protocols/
# and templates/ byte for byte (.incbin, so nothing is quoted, converted or limited in length), a table of
# offsets that lib/needleplan/io/data.cpp reads, and the image that the program COMPILER makes of the protocols.
# VARIABLE gets the source to add to a target.
#
# A file added or removed configures anew (CONFIGURE_DEPENDS); a file edited assembles anew
# (OBJECT_DEPENDS). Offsets count from the first byte, so the table needs no relocation at start-up.
function(needleplan_embed variable output compiler)
  file(GLOB_RECURSE paths CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/protocols/*
       ${PROJECT_SOURCE_DIR}/templates/*)
  list(FILTER paths EXCLUDE REGEX "(^|/)[.]|~$") # what editors leave behind
  list(SORT paths COMPARE STRING)

  set(index 0)
  set(names "")
  set(blob "")
  set(table "")
  set(depends "")
  foreach(path IN LISTS paths)
    string(REPLACE "\\" "\\\\" quoted "${path}")
    string(REPLACE "\"" "\\\"" quoted "${quoted}")
    string(REPLACE "\\" "\\\\" root "${PROJECT_SOURCE_DIR}")
    string(REPLACE "\"" "\\\"" root "${root}")
    # Paths stand together: who looks for one file should not touch a page of every other.
    string(APPEND names ".Lpath${index}:\n  .ascii \"${quoted}\"\n.Lpath_end${index}:\n")
    string(APPEND blob ".Lbytes${index}:\n  .incbin \"${root}/${quoted}\"\n.Lend${index}:\n  .byte 0\n")
    string(APPEND table "  .8byte .Lpath${index} - .Lbase, .Lpath_end${index} - .Lpath${index}\n"
                        "  .8byte .Lbytes${index} - .Lbase, .Lend${index} - .Lbytes${index}\n")
    list(APPEND depends "${PROJECT_SOURCE_DIR}/${path}")
    math(EXPR index "${index} + 1")
  endforeach()

  # A mistake in a protocol ends the build with its message.
  set(protocols ${paths})
  list(FILTER protocols INCLUDE REGEX "^protocols/.*[.]yaml$")
  set(protocol_files ${protocols})
  list(TRANSFORM protocol_files PREPEND "${PROJECT_SOURCE_DIR}/")
  set(image ${CMAKE_CURRENT_BINARY_DIR}/protocols.image)
  add_custom_command(OUTPUT ${image} COMMAND ${compiler} ${image} ${protocols}
                     WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} DEPENDS ${compiler} ${protocol_files}
                     COMMENT "Compiling protocols" VERBATIM)
  list(APPEND depends ${image})
  string(REPLACE "\\" "\\\\" image "${image}")
  string(REPLACE "\"" "\\\"" image "${image}")

  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[
/* Made by lib/embed.cmake. */
  .section .rodata
  .globl needleplan_embedded_bytes, needleplan_embedded_table, needleplan_embedded_count
  .hidden needleplan_embedded_bytes, needleplan_embedded_table, needleplan_embedded_count
  .globl needleplan_embedded_image, needleplan_embedded_image_size
  .hidden needleplan_embedded_image, needleplan_embedded_image_size
needleplan_embedded_bytes:
.Lbase:
@names@  .balign 8
needleplan_embedded_table:
@table@needleplan_embedded_count:
  .8byte @index@
needleplan_embedded_image_size:
  .8byte .Limage_end - needleplan_embedded_image
@blob@  .balign 64
needleplan_embedded_image:
  .incbin "@image@"
.Limage_end:
  .section .note.GNU-stack, "", %progbits
]])
  set_source_files_properties(${output} PROPERTIES OBJECT_DEPENDS "${depends}")
  set(${variable} ${output} PARENT_SCOPE)
endfunction()
