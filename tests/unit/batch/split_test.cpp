#include "needleplan/batch/split.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace needleplan::batch;

struct Got {
  std::string bytes;
  int line = 0;
  bool alone = false;
  bool too_large = false;
  bool operator==(const Got&) const = default;
};

std::string show(const std::vector<Got>& all) {
  std::string out;
  for (const Got& got : all)
    out += "[" + std::to_string(got.line) + (got.alone ? " alone" : "") + (got.too_large ? " large" : "") + "] " +
           got.bytes.substr(0, 80) + "|\n";
  return out;
}

/// The pieces of a text that comes in as pieces of these sizes, the last of them again and again.
std::vector<Got> cut(std::string_view text, Framing framing, bool file, const std::vector<std::size_t>& sizes) {
  std::vector<Got> out;
  Splitter splitter;
  splitter.begin(framing, file);
  std::size_t turn = 0;
  Piece piece;
  while (true) {
    const Splitter::Step step = splitter.next(piece);
    if (step == Splitter::Step::end) return out;
    if (step == Splitter::Step::piece) {
      out.push_back({std::string(piece.bytes), piece.first_line, piece.alone, piece.too_large});
      continue;
    }
    const auto room = splitter.room();
    const std::size_t size = std::min({sizes[std::min(turn++, sizes.size() - 1)], room.size(), text.size()});
    std::copy_n(text.begin(), size, room.begin());
    text.remove_prefix(size);
    splitter.filled(size);
  }
}

/// The same however the text comes in.
std::vector<Got> all_cuts(std::string_view text, Framing framing, bool file) {
  const std::vector<Got> whole = cut(text, framing, file, {text.size() + 1});
  for (std::size_t at = 1; at < text.size(); ++at) {
    const std::vector<Got> again = cut(text, framing, file, {at, text.size()});
    CAPTURE(at);
    CHECK_MESSAGE(again == whole, show(again) << "instead of\n" << show(whole));
  }
  for (const std::size_t size : {1U, 2U, 3U, 5U})
    CHECK(cut(text, framing, file, {size}) == whole);
  return whole;
}

std::vector<Got> documents(std::string_view text) {
  return all_cuts(text, Framing::documents, false);
}
std::vector<Got> file(std::string_view text) {
  return all_cuts(text, Framing::documents, true);
}
std::vector<Got> lines(std::string_view text) {
  return all_cuts(text, Framing::lines, false);
}

using All = std::vector<Got>;

TEST_CASE("documents are cut at lines that begin with three dashes, which belong to none") {
  CHECK(documents("a: 1\n---\nb: 2\n") == All{{"a: 1\n", 1}, {"b: 2\n", 3}});
  CHECK(documents("---\na: 1\n---\nb: 2") == All{{"a: 1\n", 2}, {"b: 2", 4}});
  CHECK(documents("a: 1\n---  \nb: 2\n---\t\nc: 3\n") == All{{"a: 1\n", 1}, {"b: 2\n", 3}, {"c: 3\n", 5}});
  CHECK(documents("a: 1\n---") == All{{"a: 1\n", 1}});
  CHECK(documents("---") == All{});
  CHECK(documents("").empty());
}

TEST_CASE("a line that only looks like a marker is part of its text") {
  CHECK(documents("a: 1\n---b: 2\n") == All{{"a: 1\n---b: 2\n", 1}});
  CHECK(documents("a: 1\n ---\nb: 2\n") == All{{"a: 1\n ---\nb: 2\n", 1}});
  CHECK(documents("a: 1\n--\n--- \n-") == All{{"a: 1\n--\n", 1}, {"-", 4}});
  CHECK(documents("a: 1\n....\n..\n") == All{{"a: 1\n....\n..\n", 1}});
}

TEST_CASE("a marker within a block scalar is a marker all the same") {
  CHECK(documents("a: |\n  text\n---\nb: 2\n") == All{{"a: |\n  text\n", 1}, {"b: 2\n", 4}});
  CHECK(documents("a: |\n  text\n  ---\nb: 2\n") == All{{"a: |\n  text\n  ---\nb: 2\n", 1}});
}

TEST_CASE("what follows a marker on its line belongs to the next document, marker and all") {
  CHECK(documents("a: 1\n--- {b: 2}\nc: 3\n---\n") == All{{"a: 1\n", 1}, {"--- {b: 2}\nc: 3\n", 2}});
  CHECK(documents("--- # the first\na: 1\n") == All{{"--- # the first\na: 1\n", 1}});
  CHECK(documents("--- # no more\n---\na: 1\n") == All{{"a: 1\n", 3}});
}

TEST_CASE("an end marker ends a document, and what follows it on its line is not lost") {
  CHECK(documents("a: 1\n...\n---\nb: 2\n...\n") == All{{"a: 1\n", 1}, {"b: 2\n", 4}});
  CHECK(documents("a: 1\n... # end\nb: 2\n") == All{{"a: 1\n", 1}, {"b: 2\n", 3}});
  CHECK(documents("a: 1\n... x\nb: 2\n") == All{{"a: 1\n... x\n", 1}, {"b: 2\n", 3}});
  CHECK(documents("... x\nb: 2\n") == All{{"... x\nb: 2\n", 1}});
  CHECK(documents("...\n...\nb: 2\n") == All{{"b: 2\n", 3}});
}

TEST_CASE("documents of nothing but comments and blanks are passed over, others never") {
  CHECK(documents("# one\n---\n\n---\n  # two\n---\na: 1\n---\n\n") == All{{"a: 1\n", 7}});
  CHECK(documents("# one\n\na: 1\n") == All{{"# one\n\na: 1\n", 1}});
  CHECK(documents("---\n# kept\na: 1\n---\n-\n") == All{{"# kept\na: 1\n", 2}, {"-\n", 5}});
  CHECK(documents("%YAML 1.2\n---\na: 1\n---\nb: 2\n") == All{{"%YAML 1.2\n---\na: 1\n", 1}, {"b: 2\n", 5}});
}

TEST_CASE("line breaks of other systems and byte order marks") {
  CHECK(documents("a: 1\r\n---\r\nb: 2\r\n...\r\n") == All{{"a: 1\r\n", 1}, {"b: 2\r\n", 3}});
  CHECK(documents("\xEF\xBB\xBF---\na: 1\n---\nb: 2\n") == All{{"a: 1\n", 2}, {"b: 2\n", 4}});
  CHECK(documents("\xEF\xBB\xBF"
                  "a: 1\n---\nb: 2\n") == All{{"a: 1\n", 1}, {"b: 2\n", 3}});
  CHECK(documents("\xEF\xBB\xBF").empty());
  CHECK(file("\xEF\xBB\xBF"
             "a: 1\n") == All{{"\xEF\xBB\xBF"
                               "a: 1\n",
                               1, true}});
  CHECK(lines("\xEF\xBB\xBF{}\r\n\r\n{1}\r\n") == All{{"{}", 1}, {"{1}", 3}});
}

TEST_CASE("a file of one document is given whole, as it is read by itself") {
  CHECK(file("a: 1\n") == All{{"a: 1\n", 1, true}});
  CHECK(file("# c\n---\na: 1\n...\n# d\n...\n") == All{{"# c\n---\na: 1\n...\n# d\n...\n", 1, true}});
  CHECK(file("%YAML 1.2\n---\na: 1\n") == All{{"%YAML 1.2\n---\na: 1\n", 1, true}});
  CHECK(file("---\na: 1\n---\nb: 2\n") == All{{"a: 1\n", 2}, {"b: 2\n", 4}});
  CHECK(file("---\n---\na: 1\n") == All{{"a: 1\n", 3}});
  CHECK(file("a: 1\n...\nb: 2\n") == All{{"a: 1\n", 1}, {"b: 2\n", 3}});
  CHECK(file("a: 1\n---\n") == All{{"a: 1\n", 1}});
}

TEST_CASE("a file without data is one record, and a stream without data none") {
  CHECK(file("") == All{{"", 1, true}});
  CHECK(file("# nothing\n") == All{{"# nothing\n", 1, true}});
  CHECK(file("---\n---\n") == All{{"", 3, true}});
  CHECK(all_cuts("", Framing::whole, true) == All{{"", 1, true}});
  CHECK(all_cuts("", Framing::lines, true).empty());
  CHECK(all_cuts(" \n", Framing::told_by_content, false).empty());
}

TEST_CASE("lines of JSON") {
  CHECK(lines("{}\n\n{\"a\": 1}") == All{{"{}", 1}, {"{\"a\": 1}", 3}});
  CHECK(lines("  \n---\n") == All{{"---", 2}});
  CHECK(all_cuts("{\n\"a\": 1}\n", Framing::whole, true) == All{{"{\n\"a\": 1}\n", 1, true}});
}

TEST_CASE("standard input tells by its first character what it is") {
  CHECK(all_cuts("\n {\"a\": 1}\n{}\n", Framing::told_by_content, false) == All{{" {\"a\": 1}", 2}, {"{}", 3}});
  CHECK(all_cuts("\na: {}\n---\n{}\n", Framing::told_by_content, false) == All{{"\na: {}\n", 1}, {"{}\n", 4}});
  CHECK(all_cuts("\xEF\xBB\xBF{}\n", Framing::told_by_content, false) == All{{"{}", 1}});
}

TEST_CASE("a record may have as many bytes as are allowed; one more, and it is passed over and told") {
  const std::string most = "a: " + std::string(kMostBytes - 4, 'x') + "\n";
  for (const std::size_t size : {std::size_t{1} << 22U, std::size_t{1} << 16U, std::size_t{10'007}}) {
    const auto two = [&](const std::string& text, Framing framing) { return cut(text, framing, false, {size}); };
    CHECK(two(most + "---\nb: 2\n", Framing::documents) == All{{most, 1}, {"b: 2\n", 3}});
    CHECK(two("x" + most + "---\nb: 2\n", Framing::documents) == All{{"", 1, false, true}, {"b: 2\n", 3}});
    CHECK(two("b: 2\n---\nx" + most + most + "...\nc: 3\n", Framing::documents) ==
          All{{"b: 2\n", 1}, {"", 3, false, true}, {"c: 3\n", 6}});
    CHECK(two("b: 2\n--- " + most + "---\nc: 3\n", Framing::documents) ==
          All{{"b: 2\n", 1}, {"", 2, false, true}, {"c: 3\n", 4}});
    CHECK(two("b: 2\n... " + most + "c: 3\n---\nd: 4\n", Framing::documents) ==
          All{{"", 1, false, true}, {"d: 4\n", 5}});
    const std::string line = most.substr(0, most.size() - 1) + "y";
    CHECK(two(line + "\r\n{}\n", Framing::lines) == All{{line, 1}, {"{}", 2}});
    CHECK(two("x" + line + "\n{}\nx" + line, Framing::lines) ==
          All{{"", 1, false, true}, {"{}", 2}, {"", 3, false, true}});
    CHECK(two("x" + most, Framing::whole) == All{{"", 1, false, true}});
  }
}

}  // namespace
