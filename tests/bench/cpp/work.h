/// The work on one profile, in the ways that are compared. What is measured is the library as anybody would call it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "needleplan/findings/assess.h"
#include "needleplan/findings/judge.h"
#include "needleplan/plan/builders.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/protocol/load.h"
#include "needleplan/render/aftercare_sheets.h"

namespace needleplan::bench {

inline constexpr Date kAsOf = std::chrono::year{2026} / 11 / 23;
inline constexpr int kDays = 7;

/// The documents of a YAML stream, each without its `---` line. Ends the program with a message if there is none.
[[nodiscard]] std::vector<std::string> documents(const std::string& path);

/// The shipped protocol, with a layer over it where a path is given. Ends the program with a message if it is not fit.
[[nodiscard]] std::unique_ptr<Pack> protocol(const std::string& layer = {});

/// A profile with everything it points into.
struct Client {
  Source source;
  yaml::Document document;
  Profile profile;
  Facts facts;
  explicit Client(std::string_view text) : source("profile.yaml", std::string(text)) {}
};
/// Ends the program with the mistakes if it is no profile.
[[nodiscard]] std::unique_ptr<Client> read_client(std::string_view text);

/// Reads, checks and writes a seven-day sheet as a run over many profiles does.
class Whole {
 public:
  explicit Whole(const Pack& pack);
  /// The sheet; good until the next call.
  std::string_view operator()(std::string_view text);
  /// How many kinds of sheets were built; the others were filled in.
  [[nodiscard]] std::size_t built() const { return sheets_.built(); }

 private:
  const Pack& pack_;
  Drawing drawing_;
  Judge judge_;
  AftercareSheets sheets_;
  Stencil::Scratch scratch_;
  std::string out_;
};

/// What yaml-cpp's tree takes to be read in full: every scalar copied into a string, as a program that keeps them
/// would. The number of scalars.
std::size_t read_tree(const std::string& text, std::vector<std::string>& scalars);

/// The straightforward program: yaml-cpp's tree, every rule looked at, a document built and drawn for each client.
class Plain {
 public:
  explicit Plain(const Pack& pack);
  std::string_view operator()(const std::string& text);

 private:
  const Pack& pack_;
  Drawing drawing_;
  std::vector<std::string> scalars_;
  std::string out_;
};

}  // namespace needleplan::bench
