#include "cmd/session.h"

#include <cstdio>

#include <fmt/format.h>

#include "cmd/exit_code.h"
#include "needleplan/profile/read_profile.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/protocol/load.h"

namespace needleplan {

namespace {

int write(const std::string& path, const std::string& text, Existing existing) {
  if (path == "-") {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written) complain("standard output could not be written");
    return written ? exit_ok : exit_io;
  }
  FileError error;
  if (write_file(path, text, Access::owner_only, existing, error)) return exit_ok;
  complain(error.message);
  return exit_code_for(error.problem);
}

}  // namespace

int exit_code_for(FileProblem problem) {
  switch (problem) {
    case FileProblem::missing:
    case FileProblem::not_a_file:
    case FileProblem::unreadable:
      return exit_no_input;
    case FileProblem::too_large:
      return exit_data;
    case FileProblem::exists:
    case FileProblem::cannot_create:
      return exit_cannot_create;
    case FileProblem::cannot_write:
      return exit_io;
  }
  return exit_internal;
}

void say(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void complain(const std::string& text) {
  say("needleplan: error: " + text + "\n");
}

void note(const SharedOptions& options, const std::string& text) {
  if (!options.quiet) say("needleplan: " + text + "\n");
}

std::unique_ptr<Pack> load_pack(const SharedOptions& options) {
  Diagnostics diagnostics;
  std::string problem;
  auto pack = load_protocol(options.protocol, diagnostics, problem, {clinic_files(options), options.language});
  if (!problem.empty()) complain(problem);
  say(to_text(diagnostics));
  if (diagnostics.has_errors()) pack.reset();
  if (pack && pack->untranslated > 0)
    note(options, fmt::format("{} of {} texts are not in \"{}\"; they stand in English", pack->untranslated,
                              pack->texts, pack->language));
  return pack;
}

std::unique_ptr<Client> load_client(const std::string& path, int& code, InputFault& fault) {
  constexpr yaml::Limits kLimits;
  FileError error;
  auto text = read_file(path, kLimits.bytes, error);
  fault.input = path;
  if (!text) {
    complain(error.message);
    fault.message = error.message;
    code = exit_code_for(error.problem);
    return nullptr;
  }
  auto client = std::make_unique<Client>();
  client->source = std::make_unique<Source>(path == "-" ? "standard input" : path, std::move(*text));
  Diagnostics diagnostics;
  auto profile = read_profile(*client->source, client->document, diagnostics, kLimits);
  say(to_text(diagnostics));
  if (!profile) {
    fault.mistakes = mistakes_of(diagnostics);
    code = exit_data;
    return nullptr;
  }
  client->profile = std::move(*profile);
  return client;
}

int write_result(const SharedOptions& options, const std::string& text) {
  return write(options.output, text, Existing::replace);
}

int write_new(const std::string& path, const std::string& text) {
  return write(path, text, Existing::refuse);
}

Provenance provenance_of(const Pack& pack) {
  return {NEEDLEPLAN_VERSION, digest_of(pack)};
}

}  // namespace needleplan
