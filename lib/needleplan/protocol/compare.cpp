#include "needleplan/protocol/compare.h"

namespace needleplan {

std::vector<Change> compare(const Statement&, const Statement&, const Pack&) {
  return {};
}

}  // namespace needleplan
