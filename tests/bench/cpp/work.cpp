#include "bench/cpp/work.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace needleplan::bench {

namespace {

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(70);
}

void open(Drawing& drawing) {
  Diagnostics diagnostics;
  std::string problem;
  if (!drawing.open("text", "aftercare", {}, diagnostics, problem)) give_up(problem + to_text(diagnostics));
}

void copy(const YAML::Node& node, std::vector<std::string>& scalars) {
  if (node.IsMap()) {
    for (const auto& pair : node) {
      scalars.push_back(pair.first.Scalar());
      copy(pair.second, scalars);
    }
  } else if (node.IsSequence()) {
    for (const YAML::Node& item : node)
      copy(item, scalars);
  } else {
    scalars.push_back(node.Scalar());
  }
}

PlanInput input_of(const Pack& pack, const Client& client) {
  PlanInput input;
  input.pack = &pack;
  input.as_of = kAsOf;
  input.facts = &client.facts;
  input.session = session_of(client.profile);
  return input;
}

}  // namespace

std::vector<std::string> documents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  const std::string text = all.str();
  constexpr std::string_view kMark = "---\n";
  std::vector<std::string> out;
  std::size_t at = text.starts_with(kMark) ? kMark.size() : text.size();
  while (at < text.size()) {
    const std::size_t end = std::min(text.find("\n---\n", at), text.size() - 1) + 1;
    out.push_back(text.substr(at, end - at));
    at = end + kMark.size();
  }
  if (out.empty()) give_up(path + ": no stream of profiles");
  return out;
}

std::unique_ptr<Pack> protocol(const std::string& layer) {
  Diagnostics diagnostics;
  std::string problem;
  LayerFiles layers;
  if (!layer.empty()) layers.paths.push_back(layer);
  auto pack = load_protocol("microneedling", diagnostics, problem, layers);
  if (!pack || diagnostics.errors() > 0) give_up(problem + to_text(diagnostics));
  return pack;
}

std::unique_ptr<Client> read_client(std::string_view text) {
  auto client = std::make_unique<Client>(text);
  Diagnostics diagnostics;
  auto profile = read_profile(client->source, client->document, diagnostics);
  if (!profile) give_up(to_text(diagnostics));
  client->profile = std::move(*profile);
  return client;
}

Whole::Whole(const Pack& pack) : pack_(pack), judge_(pack), sheets_(pack, kDays) {
  open(drawing_);
}

std::string_view Whole::operator()(std::string_view text) {
  const auto client = read_client(text);
  client->facts = resolve(client->profile, pack_, kAsOf);
  const Judgement judgement = judge(client->facts, judge_);
  Diagnostics diagnostics;
  out_.clear();
  PlanInput input = input_of(pack_, *client);
  input.judgement = &judgement;
  sheets_.draw(input, drawing_, scratch_, out_, diagnostics);
  return out_;
}

std::size_t read_tree(const std::string& text, std::vector<std::string>& scalars) {
  scalars.clear();
  copy(YAML::Load(text), scalars);
  return scalars.size();
}

Plain::Plain(const Pack& pack) : pack_(pack) {
  open(drawing_);
}

std::string_view Plain::operator()(const std::string& text) {
  out_.clear();
  if (read_tree(text, scalars_) == 0) return out_;
  // From here on the library's own structures serve, which a plain program would fill from the tree.
  const auto client = read_client(text);
  client->facts = resolve(client->profile, pack_, kAsOf);
  Assessment assessment = assess(client->facts);
  for (const Statement& statement : pack_.statements)
    for (const Outcome& outcome : outcomes_of(statement, client->facts))
      assessment.verdict = std::max(assessment.verdict, outcome.verdict);
  Diagnostics diagnostics;
  PlanInput input = input_of(pack_, *client);
  input.assessment = &assessment;
  drawing_.draw(build_aftercare(input, kDays), out_, diagnostics);
  return out_;
}

}  // namespace needleplan::bench
