#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "cmd/exit_code.h"
#include "cmd/protocol_verbs.h"
#include "cmd/session.h"
#include "needleplan/authoring/trial.h"
#include "needleplan/io/files.h"
#include "needleplan/yaml/reader.h"

namespace needleplan {

namespace {

struct TestOptions {
  SharedOptions shared;
  std::vector<std::string> files;
  bool coverage = false;
  bool mutate = false;
};

std::unique_ptr<Source> read_source(const std::string& path, std::string& problem) {
  FileError error;
  auto text = read_file(path, yaml::Limits{}.bytes, error);
  if (!text) {
    problem = error.message;
    return nullptr;
  }
  return std::make_unique<Source>(path == "-" ? "standard input" : path, std::move(*text));
}

/// Profiles stand relative to the file of the case.
LoadProfile loader_beside(const std::string& file) {
  return [file](std::string_view path, Location at, Diagnostics& diagnostics) {
    std::string problem;
    auto source = read_source((std::filesystem::path(file).parent_path() / path).string(), problem);
    if (!source) diagnostics.error(at, "case-profile-file", problem);
    return source;
  };
}

/// The cases of all files; nullopt after saying what is wrong, with the exit code.
std::optional<std::vector<CaseFile>> read_all(const TestOptions& options, const Pack& pack, int& code) {
  std::vector<CaseFile> out;
  Diagnostics diagnostics;
  for (const std::string& path : options.files) {
    std::string problem;
    auto source = read_source(path, problem);
    if (!source) {
      complain(problem);
      code = exit_no_input;
      continue;
    }
    out.push_back(read_cases(std::move(source), pack, loader_beside(path), diagnostics));
  }
  say(to_text(diagnostics));
  if (diagnostics.has_errors()) code = exit_config;
  return code == exit_ok ? std::optional(std::move(out)) : std::nullopt;
}

std::string gap_table(const Coverage& coverage) {
  std::size_t id = 4;
  std::size_t part = 4;
  for (const Gap& gap : coverage.gaps) {
    id = std::max(id, gap.id.size());
    part = std::max(part, gap.part.size());
  }
  std::string out;
  if (!coverage.gaps.empty())
    out += fmt::format("{:{}}  {:{}}  not covered: what is missing\n", "rule", id, "edge", part);
  for (const Gap& gap : coverage.gaps)
    out += fmt::format("{:{}}  {:{}}  {}\n", gap.id, id, gap.part, part, gap.missing);
  // Rounded down: 100.0 % is all of it.
  const std::size_t tenths = coverage.places == 0 ? 1000 : coverage.covered * 1000 / coverage.places;
  return out + fmt::format("coverage {}.{} %, {} of {}\n", tenths / 10, tenths % 10, coverage.covered, coverage.places);
}

int run_test(const TestOptions& options) {
  const auto pack = load_pack(options.shared);
  if (!pack) return exit_config;
  int code = exit_ok;
  const auto files = read_all(options, *pack, code);
  if (!files) return code;
  std::vector<RunnableCase> cases;
  for (const CaseFile& file : *files)
    for (const Case& one : file.cases)
      cases.emplace_back(one, *pack);
  if (cases.empty()) {
    complain("no case in any of the files");
    return exit_no_input;
  }
  std::string out;
  std::size_t failed = 0;
  for (const RunnableCase& run : cases) {
    const std::vector<Failure> failures = run.run();
    failed += failures.empty() ? 0 : 1;
    for (const Failure& failure : failures)
      out += fmt::format("{}: {}: {}\n", failure.at.to_string(), run.what().name, failure.words);
  }
  if (failed > 0) code = exit_failed;
  if (options.coverage) {
    const Coverage coverage = cover(*pack, cases);
    out += gap_table(coverage);
    if (!coverage.gaps.empty()) code = exit_failed;
  }
  if (options.mutate && failed > 0) {
    note(options.shared, "no mutants were tried: every case must pass first");
  } else if (options.mutate) {
    const Survivors left = survivors(*pack, cases);
    for (const Mutant& mutant : left.mutants)
      out += fmt::format("{}: {}: no case notices: {}\n", mutant.at.to_string(), mutant.id, mutant.words);
    out += fmt::format("{} mutants, {} not noticed\n", left.tried, left.mutants.size());
    if (!left.mutants.empty()) code = exit_failed;
  }
  if (!options.shared.quiet || code != exit_ok) out += fmt::format("{} cases, {} failed\n", cases.size(), failed);
  const int written = write_result(options.shared, out);
  return written != exit_ok ? written : code;
}

}  // namespace

void add_protocol_test(CLI::App& app, int& code) {
  auto options = std::make_shared<TestOptions>();
  app.add_option("FILE", options->files, "case files")->required();
  add_protocol_options(app, options->shared);
  app.add_flag("--coverage", options->coverage, "what no case reaches");
  app.add_flag("--mutate", options->mutate, "what could be wrong in the protocol without a case that fails");
  app.add_flag("-q,--quiet", options->shared.quiet, "no summary when every case passes");
  app.callback([options, &code] { code = run_test(*options); });
}

}  // namespace needleplan
