#include "needleplan/yaml/fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "needleplan/text/characters.h"
#include "needleplan/text/spelling.h"

namespace needleplan::yaml {

namespace {

/// A written number cut into its parts; `rest` is what is no part of a decimal number.
struct Digits {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  bool point = false;
  std::string_view rest;
};

Digits digits_of(std::string_view text) {
  Digits digits;
  const auto take = [&text] {
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end);
    return taken;
  };
  if (text.starts_with('-')) digits.negative = true, text.remove_prefix(1);
  digits.whole = take();
  if (text.starts_with('.')) {
    digits.point = true;
    text.remove_prefix(1);
    digits.fraction = take();
  }
  digits.rest = text;
  return digits;
}

bool report_leading_zero(Node node, std::string_view whole, Diagnostics& diagnostics) {
  if (whole.size() < 2 || whole.front() != '0') return false;
  diagnostics.error(node.at(), "leading-zero",
                    "a number with a leading zero, which some programs take as octal; write it without the zero");
  return true;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool report_no_scalar(Node node, Diagnostics& diagnostics) {
  if (node.is_scalar()) {
    diagnostics.error(node.at(), "no-value", "no value: write none, unknown or the answer");
  } else {
    diagnostics.error(node.at(), "not-one-value",
                      fmt::format("a {} where one value belongs", node.is_list() ? "list" : "map"));
  }
  return false;
}

std::optional<bool> read_yes_no(Node node, Diagnostics& diagnostics, std::span<const std::string_view> also) {
  if (!expect_scalar(node, diagnostics)) return std::nullopt;
  if (same_word(node.text(), "yes") || same_word(node.text(), "true")) return true;
  if (same_word(node.text(), "no") || same_word(node.text(), "false")) return false;
  std::vector<std::string_view> all{"yes", "no"};
  all.insert(all.end(), also.begin(), also.end());
  const std::string expected = "expected " + one_of(all);
  constexpr std::array<std::string_view, 7> kShortYes{"y", "on", "1", "t", "x", "+", "ja"};
  constexpr std::array<std::string_view, 7> kShortNo{"n", "off", "0", "f", "-", "none", "nein"};
  const auto one_of_these = [&](const auto& words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return same_word(node.text(), word); });
  };
  if (one_of_these(kShortYes)) {
    diagnostics.error(node.at(), "not-yes-or-no", expected + "; if this means yes, write yes");
  } else if (one_of_these(kShortNo)) {
    diagnostics.error(node.at(), "not-yes-or-no", expected + "; if this means no, write no");
  } else {
    diagnostics.error(node.at(), "not-yes-or-no", expected + did_you_mean(node.text(), all));
  }
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(Node node, std::int64_t min, std::int64_t max, Diagnostics& diagnostics) {
  if (!expect_scalar(node, diagnostics)) return std::nullopt;
  const std::string_view text = node.text();
  const Digits digits = digits_of(text);
  if (digits.whole.empty() || digits.point || !digits.rest.empty()) {
    diagnostics.error(node.at(), "not-a-whole-number",
                      fmt::format("expected a whole number from {} to {}, in digits only", min, max));
    return std::nullopt;
  }
  if (report_leading_zero(node, digits.whole, diagnostics)) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || value < min || value > max) {
    diagnostics.error(node.at(), "out-of-range", fmt::format("expected a whole number from {} to {}", min, max));
    return std::nullopt;
  }
  return value;
}

std::optional<double> read_number(Node node, double min, double max, Diagnostics& diagnostics) {
  if (!expect_scalar(node, diagnostics)) return std::nullopt;
  const std::string_view text = node.text();
  const Digits digits = digits_of(text);
  const bool comma = !digits.point && digits.rest.size() > 1 && digits.rest.front() == ',' &&
                     std::all_of(digits.rest.begin() + 1, digits.rest.end(), is_digit);
  if (!digits.whole.empty() && comma) {
    diagnostics.error(node.at(), "decimal-comma", "a comma in a number; decimals are written with a point, as in 0.5");
    return std::nullopt;
  }
  if (digits.whole.empty() || (digits.point && digits.fraction.empty()) || !digits.rest.empty()) {
    diagnostics.error(node.at(), "not-a-number", fmt::format("expected a number from {} to {}, such as 0.5", min, max));
    return std::nullopt;
  }
  if (report_leading_zero(node, digits.whole, diagnostics)) return std::nullopt;
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || value < min || value > max) {
    diagnostics.error(node.at(), "out-of-range", fmt::format("expected a number from {} to {}", min, max));
    return std::nullopt;
  }
  return value;
}

std::optional<std::string_view> read_text(Node node, Diagnostics& diagnostics) {
  if (!expect_scalar(node, diagnostics)) return std::nullopt;
  const std::string_view text = node.text();
  if (text.empty() || (is_space(text.front()) && std::all_of(text.begin(), text.end(), is_space))) {
    diagnostics.error(node.at(), "empty-text", "an empty text: write it, or leave the key out");
    return std::nullopt;
  }
  return text;
}

std::optional<std::string_view> read_line(Node node, Diagnostics& diagnostics) {
  auto text = read_text(node, diagnostics);
  if (text && node.style() == Style::block) text = without_last_break(*text);
  return text;
}

std::optional<std::size_t> read_word_of(Node node, std::span<const std::string_view> words, Diagnostics& diagnostics,
                                        std::span<const std::string_view> also) {
  if (!expect_scalar(node, diagnostics)) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), node.text());
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::vector<std::string_view> all(words.begin(), words.end());
  all.insert(all.end(), also.begin(), also.end());
  diagnostics.error(node.at(), "unknown-word",
                    fmt::format("not a known word{}; expected {}", did_you_mean(node.text(), all), one_of(all)));
  return std::nullopt;
}

}  // namespace needleplan::yaml
