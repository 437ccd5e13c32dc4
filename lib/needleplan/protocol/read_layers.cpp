#include <algorithm>

#include <fmt/format.h>

#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/read_contents.h"
#include "needleplan/protocol/shape.h"
#include "needleplan/text/spelling.h"
#include "needleplan/yaml/fields.h"

namespace needleplan {

namespace {

using yaml::Node;

void read_layer_head(Node root, Pack& pack, Diagnostics& diagnostics) {
  const Node head = root.find("layer");
  Layer layer;
  layer.at = root.at();
  if (head.valid() && head.is_map()) {
    layer.at = head.at();
    layer.id = text_at(head, "id");
    layer.title = text_at(head, "title");
    layer.version = text_at(head, "version");
    if (const Node kind = head.find("kind"); yaml::is_answer(kind))
      layer.kind = yaml::read_word<LayerKind>(kind, diagnostics).value_or(LayerKind::clinic);
    layer.reviewed = read_review(head.find("reviewed"), diagnostics);
  }
  layer.digest = sha256(layer.at.source->text());
  const auto same =
      std::find_if(pack.layers.begin(), pack.layers.end(), [&](const Layer& l) { return l.id == layer.id; });
  if (layer.id == pack.id || same != pack.layers.end()) {
    diagnostics.error(layer.at, "layer-twice",
                      fmt::format("the id \"{}\" belongs to {} already; a layer has an id of its own", layer.id,
                                  same == pack.layers.end() ? "the protocol" : same->at.to_string()));
  } else if (!pack.layers.empty() && layer.kind < pack.layers.back().kind) {
    diagnostics.error(layer.at, "layer-order",
                      fmt::format("a layer of the kind {} lies below one of the kind {}; name its file first",
                                  to_string(layer.kind), to_string(pack.layers.back().kind)));
  }
  // Whatever is laid over a reviewed content is not what was reviewed.
  pack.reviewed = layer.reviewed;
  pack.reference_by_key.try_emplace(layer.id, pack.references.size());
  pack.references.push_back({layer.id, layer.title, {}, Grade::own, layer.at});
  pack.layers.push_back(std::move(layer));
}

void read_clinic(Node root, Pack& pack) {
  const Node clinic = root.find("clinic");
  if (!clinic.valid() || !clinic.is_map()) return;
  const auto set = [&](std::string_view key, std::string_view& text) {
    if (const Node node = clinic.find(key); yaml::is_answer(node)) text = node.text();
  };
  set("name", pack.clinic.name);
  set("phone", pack.clinic.phone);
  set("emergency", pack.clinic.emergency);
}

/// What the same layer or a higher one says of something that was taken out would be lost.
void report_lost(const Disabled& disabled, std::span<const LayeredEntry> entries, const Pack& pack,
                 Diagnostics& diagnostics) {
  const std::size_t out = pack.layer_of(disabled.loosened.at);
  const auto report = [&](Node id) {
    const std::size_t layer = id.valid() ? pack.layer_of(id.at()) : kNoLayer;
    if (layer != kNoLayer && layer >= out)
      diagnostics.error(id.at(), "disabled-and-given",
                        fmt::format("\"{}\" is taken out at {}, so this would never count", disabled.id,
                                    disabled.loosened.at.to_string()));
  };
  for (const LayeredEntry& entry : entries) {
    const bool whole = id_of(entry.map) == disabled.id;
    for (const Node part : entry.map.parts()) {
      if (whole) report(part.find("id"));
      if (const Node settings = part.find("settings"); settings.valid() && settings.is_list())
        for (const Node setting : settings)
          if (setting.is_map() && text_at(setting, "id") == disabled.id) report(setting.find("id"));
    }
  }
}

}  // namespace

std::optional<Loosened> read_loosen(Node map, std::string_view layer) {
  const Node loosen = map.find("loosen");
  if (!loosen.valid() || !loosen.is_map()) return std::nullopt;
  // A reason that gives none, or nobody who answers for it, is as good as no reason.
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  for (const std::string_view key : {"reason", "by"}) {
    const Node text = loosen.find(key);
    if (!yaml::is_answer(text) || yaml::is_no_answer(text.text()) ||
        std::none_of(text.text().begin(), text.text().end(), is_letter))
      return std::nullopt;
  }
  return Loosened{layer, text_at(loosen, "reason"), text_at(loosen, "by"), {}, {}, loosen.at()};
}

void read_layer_heads(const Roots& roots, Pack& pack, Diagnostics& diagnostics) {
  for (const Node root : roots.layers) {
    read_layer_head(root, pack, diagnostics);
    read_clinic(root, pack);
    const Node list = root.find("disable");
    if (!list.valid() || !list.is_list()) continue;
    for (const Node item : list) {
      if (!item.is_map()) continue;
      yaml::each_text(item.find("id"), [&](Node id) {
        Loosened loosened = read_loosen(item, pack.layers.back().id).value_or(Loosened{});
        loosened.layer = pack.layers.back().id;
        loosened.what = "taken out";
        loosened.at = id.at();
        pack.disabled.push_back({id.text(), {}, std::move(loosened)});
      });
    }
  }
}

namespace {

/// Every id that a layer may take out.
std::vector<std::string_view> ids_below(const Roots& roots, std::span<const LayeredEntry> entries) {
  std::vector<std::string_view> known;
  for (const LayeredEntry& entry : entries) {
    known.push_back(id_of(entry.map));
    for (const Node part : entry.map.parts())
      if (const Node settings = part.find("settings"); settings.valid() && settings.is_list())
        for (const Node setting : settings)
          if (setting.is_map()) known.push_back(text_at(setting, "id"));
  }
  for (const auto* list : {&roots.pack, &roots.layers})
    for (const Node root : *list)
      if (const Node about = root.find("about"); about.valid() && about.is_list())
        for (const Node item : about)
          if (item.is_map()) known.push_back(text_at(item, "id"));
  return known;
}

/// Where some part says that the entry is absolute; a place without a source where none does.
Location absolute_at(const LayeredEntry& entry) {
  Location out;
  Diagnostics said;  // when the statement is read
  for (const Node part : entry.map.parts())
    if (const Node word = part.find("absolute"); yaml::is_answer(word) && yaml::read_yes_no(word, said) == true)
      out = word.at();
  return out;
}

}  // namespace

void check_disabled(const Roots& roots, std::span<const LayeredEntry> entries, Pack& pack, Diagnostics& diagnostics) {
  const std::vector<std::string_view> known = ids_below(roots, entries);
  for (Disabled& disabled : pack.disabled) {
    const auto found = std::find(known.begin(), known.end(), disabled.id);
    if (found == known.end()) {
      diagnostics.error(
          disabled.loosened.at, "disable-unknown",
          fmt::format("nothing below has the id \"{}\"{}", disabled.id, did_you_mean(disabled.id, known)));
      continue;
    }
    report_lost(disabled, entries, pack, diagnostics);
    Location absolute;
    for (const LayeredEntry& entry : entries)
      if (text_in(entry.map.parts().front().find("id"), {}) == disabled.id) {
        disabled.kind = entry.kind;
        absolute = absolute_at(entry);
      }
    if (absolute.source != nullptr) {
      diagnostics.error(disabled.loosened.at, "absolute-disabled",
                        fmt::format("\"{}\" is absolute at {}: no layer takes it out, also with a reason", disabled.id,
                                    absolute.to_string()));
      continue;
    }
    if (disabled.loosened.reason.empty())
      diagnostics.error(disabled.loosened.at, "disable-without-reason",
                        fmt::format("\"{0}\" would no longer hold; write {{id: {0}, loosen: {{reason: ..., by: ...}}}}",
                                    disabled.id));
  }
}

void check_loosen_keys(const Roots& roots, Diagnostics& diagnostics) {
  for (const Node root : roots.pack)
    for (const Node key : root) {
      const Node value = key.value_of();
      const auto check = [&](Node map) {
        const Node loosen = map.is_map() ? map.find("loosen") : Node{};
        if (loosen.valid())
          diagnostics.error(loosen.at(), "loosen-in-pack",
                            "only a layer makes something weaker than below it; in a pack, write what holds");
      };
      check(value);
      if (value.is_list())
        for (const Node item : value)
          check(item);
    }
}

}  // namespace needleplan
