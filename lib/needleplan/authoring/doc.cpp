#include "needleplan/authoring/doc.h"
namespace needleplan {
std::string protocol_doc(const Pack&, Date) {
  return {};
}
}  // namespace needleplan
