#include "needleplan/batch/run.h"

#include <algorithm>

#include <fmt/format.h>

#include "needleplan/batch/read_record.h"
#include "needleplan/batch/rows.h"
#include "needleplan/findings/assess.h"
#include "needleplan/plan/builders.h"
#include "needleplan/protocol/digest.h"
#include "needleplan/render/plan_record.h"

namespace needleplan::batch {

namespace {

JsonWriter::Layout layout_of(Format format) {
  return format == Format::json ? JsonWriter::Layout::pretty : JsonWriter::Layout::compact;
}

/// Puts the position behind the first member of the record that begins at `begin`.
void insert_position(std::string& out, std::size_t begin, std::uint64_t position, Format format) {
  const std::size_t comma = out.find(',', begin);
  if (comma == std::string::npos) return;
  out.insert(comma,
             format == Format::json ? fmt::format(",\n  \"at\": {}", position) : fmt::format(",\"at\":{}", position));
}

/// A short sheet in place of one that cannot be made.
void append_error_sheet(std::string& out, const RawRecord& record, const InputFault& fault, Escape escape) {
  std::string which = *record.input;
  if (!record.alone) which += fmt::format(", line {}", record.first_line);
  if (!fault.client.empty()) which += ", client " + fault.client;
  out += escape == Escape::markdown ? "# Not read: " : "NOT READ: ";
  append_escaped(out, which, escape);
  out += "\n\nNothing can be said about this client. What is wrong is told on standard error.\n";
}

/// One record on its way through the stages.
class Job {
 public:
  Job(const RawRecord& record, const Run& run, Scratch& scratch, Results& results)
      : record_(record), run_(run), scratch_(scratch), results_(results) {}

  void run() {
    RecordResult& result = results_.records.emplace_back();
    result.position = record_.position;
    result.files_begin = results_.files.size();
    if (run_.files) results_.clients.emplace_back();
    if (run_.hashes) result.text = identity_of(record_);
    read();
    RecordResult& done = results_.records.back();
    done.out_end = results_.out.size();
    done.said_end = results_.said.size();
    done.row_end = results_.rows.size();
    done.files_end = results_.files.size();
  }

 private:
  RecordResult& result() { return results_.records.back(); }

  /// Whether the record belongs to this shard.
  bool ours(std::string_view client) {
    if (!run_.shard) return true;
    result().ours = hash_of(client.empty() ? record_.bytes : client).low % run_.shard->of + 1 == run_.shard->index;
    return result().ours;
  }

  void read() {
    const Source source = source_of(record_);
    ReadRecord got = read_record(record_, source, scratch_.document, std::move(scratch_.entries));
    if (!ours(got.profile       ? got.profile->id.value_or({})
              : record_.problem ? std::string_view(*record_.input)
                                : std::string_view(got.fault.client)))
      return;
    if (!record_.problem && !record_.too_large) result().fallback = scratch_.document.folded_by_second_reader() > 0;
    results_.said += got.said;
    if (got.profile) {
      judge(*got.profile);
      got.profile->entries.clear();
      scratch_.entries = std::move(got.profile->entries);
      return;
    }
    result().code = record_.problem ? run_.exit_code_for(record_.problem->problem) : run_.exit_data;
    add_fault(got.fault);
  }

  void judge(const Profile& profile) {
    Facts facts = resolve(profile, *run_.pack, run_.as_of, std::move(scratch_.facts), &scratch_.names);
    std::optional<Assessment> assessment;
    if (run_.tells_findings()) {
      assessment = assess(facts, *scratch_.judge);
      if (run_.lists_findings()) brief_ = brief_of(*assessment);
    } else if (run_.lists_findings()) {
      brief_ = brief(facts, *scratch_.judge);
    } else {
      static_cast<Judgement&>(brief_) = needleplan::judge(facts, *scratch_.judge);
    }
    const Judgement& judgement = assessment ? static_cast<const Judgement&>(*assessment) : brief_;
    result().verdict = judgement.verdict;
    result().code = run_.exit_codes[static_cast<std::size_t>(judgement.verdict)];
    if (run_.files) results_.clients.back() = profile.id.value_or({});
    PlanInput input;
    input.pack = run_.pack;
    input.as_of = run_.as_of;
    input.facts = &facts;
    input.judgement = &judgement;
    if (assessment) input.assessment = &*assessment;
    input.session = session_of(profile);
    document_.reset();
    for (std::size_t i = 0; i < run_.formats.size(); ++i) {
      std::string& out = run_.files ? results_.file_bytes : results_.out;
      const std::size_t begin = out.size();
      add(i, input, out);
      if (run_.files) results_.files.push_back({run_.formats[i], begin, out.size()});
    }
    if (run_.rows) append_row(results_.rows, facts, brief_);
    scratch_.facts = std::move(facts.entries);
  }

  void add(std::size_t index, const PlanInput& input, std::string& out) {
    const Format format = run_.formats[index];
    const std::size_t begin = out.size();
    if (format == Format::csv) {
      if (run_.files) out += kRowHead;
      return append_row(out, *input.facts, brief_);
    }
    if (!is_readable(format)) {
      if (digest_.empty()) digest_ = sha256(record_.bytes);
      const RecordTexts& texts = *run_.texts[index];
      if (run_.verb == Verb::check) {
        add_check_record(out, *input.assessment, *input.facts, texts, digest_);
      } else {
        add_plan_record(out, document(input), input, texts, digest_);
      }
      if (run_.shard && !run_.files) insert_position(out, begin, record_.position, format);
      return;
    }
    Diagnostics diagnostics;
    Drawing& drawing = *scratch_.drawings[index];
    const bool drawn = run_.sheets.empty()
                           ? drawing.draw(document(input), out, diagnostics)
                           : run_.sheets[index]->draw(input, drawing, scratch_.stencil, out, diagnostics);
    results_.said += to_text(diagnostics);
    if (!drawn) result().code = run_.exit_draw;
    if (!run_.files) out += '\n';
  }

  const Document& document(const PlanInput& input) {
    if (!document_) document_ = build(input);
    return *document_;
  }

  [[nodiscard]] Document build(const PlanInput& input) const {
    const std::optional<TimeOfDay> start = run_.start ? run_.start : input.session.time;
    switch (run_.verb) {
      case Verb::check:
        break;
      case Verb::prep:
        return build_prep(input);
      case Verb::procedure:
        return build_procedure(input, start);
      case Verb::aftercare:
        return build_aftercare(input, run_.days);
      case Verb::plan:
        return build_plan(input, start, run_.days);
    }
    return build_check(input);
  }

  void add_fault(InputFault& fault) {
    result().error = true;
    if (run_.shard) fault.position = record_.position;
    const Format format = run_.files ? Format::ndjson : run_.formats.front();
    if (format == Format::csv) {
      append_row(results_.out, fault);
    } else if (is_readable(format)) {
      append_error_sheet(results_.out, record_, fault, scratch_.drawings.front()->escape());
      results_.out += '\n';
    } else {
      results_.out += error_record(fault, layout_of(format));
    }
    if (run_.rows) append_row(results_.rows, fault);
  }

  const RawRecord& record_;
  const Run& run_;
  Scratch& scratch_;
  Results& results_;
  Brief brief_;  ///< with its lists where there are rows
  std::optional<Document> document_;
  std::string digest_;
};

}  // namespace

Hash identity_of(const RawRecord& record) {
  Hash hash = hash_of(record.bytes);
  const auto mix = [&hash](std::string_view more) {
    const Hash other = hash_of(more);
    hash.low = hash.low * 0x9E3779B97F4A7C15U + other.low;
    hash.high = hash.high * 0x9E3779B97F4A7C15U + other.high;
  };
  if (record.problem) mix(record.problem->message);
  if (record.too_large) mix("too large");
  if (record.alone) mix(*record.input);
  return hash;
}

void Run::prepare() {
  for (const Format format : formats) {
    const bool record = format == Format::json || format == Format::ndjson;
    texts.push_back(record ? std::make_unique<RecordTexts>(*pack, provenance, layout_of(format)) : nullptr);
    if (verb == Verb::aftercare)
      sheets.push_back(is_readable(format) ? std::make_unique<AftercareSheets>(*pack, days) : nullptr);
  }
}

bool Run::tells_findings() const {
  const bool in_head = verb == Verb::prep || verb == Verb::procedure || verb == Verb::aftercare;
  return std::any_of(formats.begin(), formats.end(),
                     [&](Format format) { return format != Format::csv && !(in_head && is_readable(format)); });
}

bool Run::lists_findings() const {
  return rows || std::find(formats.begin(), formats.end(), Format::csv) != formats.end();
}

void Results::clear() {
  records.clear();
  out.clear();
  said.clear();
  rows.clear();
  file_bytes.clear();
  files.clear();
  clients.clear();
}

bool Scratch::open(const Run& run, Diagnostics& diagnostics, std::string& problem) {
  judge.emplace(*run.pack);
  for (const Format format : run.formats) {
    drawings.push_back(is_readable(format) ? std::make_unique<Drawing>() : nullptr);
    if (drawings.back() == nullptr) continue;
    const std::string_view name = kFormatNames[static_cast<std::size_t>(format)];
    if (!drawings.back()->open(name, kVerbNames[static_cast<std::size_t>(run.verb)], run.draw, diagnostics, problem))
      return false;
  }
  return true;
}

void run_record(const RawRecord& record, const Run& run, Scratch& scratch, Results& results) {
  Job(record, run, scratch, results).run();
}

}  // namespace needleplan::batch
