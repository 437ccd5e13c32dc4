/// What the program returns; the numbers never change with options.
#pragma once

#include "needleplan/protocol/verdict.h"

namespace needleplan {

enum ExitCode : int {
  exit_ok = 0,         ///< ran; nothing at or above --fail-on
  exit_caution = 1,    ///< the worst is caution (only with --fail-on caution)
  exit_failed = 1,     ///< protocol test: a case failed, something is not covered, or a mutant was not noticed
  exit_ask = 2,        ///< the worst is ask or consult
  exit_stop = 3,       ///< the worst is defer or avoid
  exit_usage = 64,     ///< unknown option or verb, bad value
  exit_data = 65,      ///< an input file could not be understood
  exit_no_input = 66,  ///< no input, or nothing matched
  exit_internal = 70,  ///< a fault of the program
  exit_cannot_create = 73,
  exit_io = 74,
  exit_config = 78,  ///< a pack, layer, template or configuration is invalid, or results are not of one run
};

/// The exit code of a verdict, 0 below the threshold.
constexpr int exit_code_of(Verdict verdict, Verdict fail_on) {
  if (verdict < fail_on) return exit_ok;
  switch (verdict) {
    case Verdict::clear:
    case Verdict::prepare:
      return exit_ok;
    case Verdict::caution:
      return exit_caution;
    case Verdict::ask:
    case Verdict::consult:
      return exit_ask;
    case Verdict::defer:
    case Verdict::avoid:
      return exit_stop;
  }
  return exit_internal;
}

}  // namespace needleplan
