#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "cmd/commands.h"
#include "cmd/exit_code.h"
#include "cmd/session.h"
#include "needleplan/io/data.h"
#include "needleplan/text/spelling.h"

namespace needleplan {

namespace {

constexpr std::string_view kFolder = "templates/init/";
constexpr std::string_view kSuffix = ".yaml";

struct InitOptions {
  std::string kind;
  std::string output = "-";
};

/// The annotated files that the program carries, by name.
std::vector<std::string_view> kinds() {
  std::vector<std::string_view> out;
  for (const DataFile& file : embedded_data())
    if (file.path.starts_with(kFolder) && file.path.ends_with(kSuffix))
      out.push_back(file.path.substr(kFolder.size(), file.path.size() - kFolder.size() - kSuffix.size()));
  return out;
}

int run_init(const InitOptions& options) {
  const DataFile* file = find_embedded(fmt::format("{}{}{}", kFolder, options.kind, kSuffix));
  if (file == nullptr) {
    const auto known = kinds();
    complain(fmt::format("there is no annotated file \"{}\"{}; what there is: {}", options.kind,
                         did_you_mean(options.kind, known), one_of(known)));
    return exit_usage;
  }
  return write_new(options.output, std::string(file->bytes));
}

}  // namespace

void add_init(CLI::App& app, int& code) {
  auto options = std::make_shared<InitOptions>();
  app.add_option("KIND", options->kind, "what to begin: profile or clinic")->required();
  app.add_option("-o,--output", options->output, "write to this new file instead of standard output")
      ->type_name("FILE");
  app.callback([options, &code] { code = run_init(*options); });
}

}  // namespace needleplan
