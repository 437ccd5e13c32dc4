// Calls what needs every library that the archive does not hold.
#include <string>

#include "needleplan/catalog/fold.h"
#include "needleplan/io/data.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/reader.h"

int main() {
  using namespace needleplan;
  const Source source("consumer", "client: {id: a}\n");
  yaml::Document document;
  Diagnostics diagnostics;
  const bool read = yaml::read(source, document, diagnostics);
  return read && diagnostics.empty() && !embedded_data().empty() && fold("\u00c9") == "e" ? 0 : 1;
}
