/* What a program carries that carries nothing: the one that makes the image of the protocols. See lib/embed.cmake. */
  .section .rodata
  .globl needleplan_embedded_bytes, needleplan_embedded_table, needleplan_embedded_count
  .hidden needleplan_embedded_bytes, needleplan_embedded_table, needleplan_embedded_count
  .globl needleplan_embedded_image, needleplan_embedded_image_size
  .hidden needleplan_embedded_image, needleplan_embedded_image_size
  .balign 8
needleplan_embedded_bytes:
needleplan_embedded_table:
needleplan_embedded_image:
needleplan_embedded_count:
  .8byte 0
needleplan_embedded_image_size:
  .8byte 0
  .section .note.GNU-stack, "", %progbits
