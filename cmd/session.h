/// What every run does: load the protocol and the client, say what is wrong with them, write the result.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cmd/options.h"
#include "needleplan/evaluate/facts.h"
#include "needleplan/io/files.h"
#include "needleplan/profile/profile.h"
#include "needleplan/protocol/pack.h"
#include "needleplan/render/error_record.h"
#include "needleplan/render/record.h"
#include "needleplan/yaml/node.h"

namespace needleplan {

/// A client's file with everything that points into it.
struct Client {
  std::unique_ptr<Source> source;
  yaml::Document document;
  Profile profile;
};

/// The protocol of the options; null after saying on standard error what is wrong with it (exit 78).
[[nodiscard]] std::unique_ptr<Pack> load_pack(const SharedOptions& options);

/// Reads a profile from a path, or standard input for `-`; null after saying what is wrong, with the
/// exit code for it in `code` and, for formats that machines read, the same in `fault`.
[[nodiscard]] std::unique_ptr<Client> load_client(const std::string& path, int& code, InputFault& fault);

/// Writes a result to standard output or to the file of --output, whole or not at all. An exit code.
[[nodiscard]] int write_result(const SharedOptions& options, const std::string& text);

/// The same to a path of its own, which must not be there yet: nobody's work is overwritten.
[[nodiscard]] int write_new(const std::string& path, const std::string& text);

/// The exit code of an input that cannot be read or an output that cannot be written.
[[nodiscard]] int exit_code_for(FileProblem problem);

/// A line on standard error, unless --quiet.
void note(const SharedOptions& options, const std::string& text);
/// A text on standard error as it is.
void say(const std::string& text);
/// `needleplan: error: TEXT` on standard error.
void complain(const std::string& text);

[[nodiscard]] Provenance provenance_of(const Pack& pack);

}  // namespace needleplan
