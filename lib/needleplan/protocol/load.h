/// A protocol by name from those the program carries, or by path from a folder.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"

namespace needleplan {

/// Names of the protocols the program carries, sorted.
[[nodiscard]] std::vector<std::string_view> protocol_names();

/// The files of a protocol: a name, or a path (anything with a slash) to a folder of YAML files. The
/// catalog that the program carries always comes with it. Empty, with `problem` set, if there is none.
[[nodiscard]] std::vector<PackFile> protocol_files(const std::string& name_or_path, std::string& problem);

/// Paths of the layers to lay over a protocol, lowest first, and the language wanted of its texts.
struct LayerFiles {
  std::vector<std::string> paths;
  std::string language = "en";
};

/// Loads and reads a protocol with its layers. Null, with `problem` set, for a name or path that does not exist;
/// otherwise fit for use only if `diagnostics` has no errors.
[[nodiscard]] std::unique_ptr<Pack> load_protocol(const std::string& name_or_path, Diagnostics& diagnostics,
                                                  std::string& problem, const LayerFiles& layers = {});

}  // namespace needleplan
