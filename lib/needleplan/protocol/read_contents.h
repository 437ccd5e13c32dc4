/// The parts of reading a pack that follow once every file of it, and of its layers, is a tree of nodes.
#pragma once

#include <span>
#include <vector>

#include "needleplan/protocol/layered.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/text/diagnostic.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// The roots of the pack's own files, and of each layer, lowest first.
struct Roots {
  std::vector<yaml::Node> pack;
  std::vector<yaml::Node> layers;
};

/// One entry of a list, such as a statement or an event, with every part that a layer has in it.
struct LayeredEntry {
  StatementKind kind{};  ///< of a statement
  Layered map;
};

/// The heads of the layers into `pack.layers`, with the reference that their own rules rest on; what they take out; and
/// whom clients call.
void read_layer_heads(const Roots& roots, Pack& pack, Diagnostics& diagnostics);

/// Reports what a layer takes out and is not there, or takes out without a reason.
void check_disabled(const Roots& roots, std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics);

/// Everything but the catalog, from the pack to the topmost layer.
void read_contents(const Roots& roots, Pack& pack, Diagnostics& diagnostics);

/// The guard: what a layer makes weaker must say why, and who answers for it. Notes it in the statements.
void check_loosened(std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics);

/// The same for an event that comes sooner, answers that may be older, and names and prescriptions of the catalog.
void check_event(const Layered& map, Pack& pack, Diagnostics& diagnostics);
void check_valid_for(const Layered& map, Pack& pack, Diagnostics& diagnostics);
void check_names(const Roots& roots, std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics);

/// Reports `loosen` in files that are no layer.
void check_loosen_keys(const Roots& roots, Diagnostics& diagnostics);

/// Fills `pack.index`; only after everything was read without errors.
void index_rules(Pack& pack);

/// Reads `reviewed:`; nothing for `none`.
[[nodiscard]] std::optional<Review> read_review(yaml::Node reviewed, Diagnostics& diagnostics);

/// `loosen: {reason, by}` of a map, for what it makes weaker; nothing where it says none.
[[nodiscard]] std::optional<Loosened> read_loosen(yaml::Node map, std::string_view layer);

}  // namespace needleplan
