/// A result in the format that was asked for.
#pragma once

#include <memory>
#include <string>

#include "cmd/options.h"
#include "cmd/session.h"
#include "needleplan/findings/assess.h"
#include "needleplan/plan/builders.h"
#include "needleplan/render/formats.h"
#include "needleplan/render/record_texts.h"

namespace needleplan {

inline constexpr std::array<std::string_view, 4> kRecordFormats{"text", "md", "json", "ndjson"};
inline constexpr std::array<std::string_view, 2> kReadableFormats{"text", "md"};

/// A client with everything that was derived from the profile.
struct CheckedClient {
  std::unique_ptr<Client> client;
  Facts facts;
  Assessment assessment;
};

/// Reads and checks a profile; null with the exit code in `code` after saying what is wrong.
[[nodiscard]] std::unique_ptr<CheckedClient> load_checked(const std::string& path, const Pack& pack, Date today,
                                                          int& code, InputFault& fault);

/// The input of a builder for a client, or without one.
[[nodiscard]] PlanInput input_of(const Pack& pack, Date today, const CheckedClient* client);

/// Draws documents in one format, readable or JSON, into one text.
class Output {
 public:
  Output(const SharedOptions& options, const Pack& pack) : options_(options), pack_(pack) {}

  /// Compiles the templates of the verb; an exit code.
  [[nodiscard]] int open(std::string_view verb);
  /// Adds one document; `client` is null without one. An exit code.
  [[nodiscard]] int add(const Document& document, const PlanInput& input, const CheckedClient* client);
  /// In formats that machines read: a record of an input that could not be used.
  void add(const InputFault& fault);
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  [[nodiscard]] bool json() const { return options_.format == "json" || options_.format == "ndjson"; }

  [[nodiscard]] JsonWriter::Layout layout() const {
    return options_.format == "json" ? JsonWriter::Layout::pretty : JsonWriter::Layout::compact;
  }

  const SharedOptions& options_;
  const Pack& pack_;
  Drawing drawing_;
  std::optional<RecordTexts> texts_;
  std::string text_;
};

/// Ends a run whose only input could not be used: its error record where there is one, and the code.
[[nodiscard]] int give_up(const SharedOptions& options, Output& output, const InputFault& fault, int code);

}  // namespace needleplan
