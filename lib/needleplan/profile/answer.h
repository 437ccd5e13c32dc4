/// An answer of a profile: not asked, not known, none, or a value, and where it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "needleplan/text/source.h"

namespace needleplan {

/// The three nothings, and an answer. Only `none` is a "no".
enum class AnswerState : std::uint8_t { not_asked, unknown, none, given };

/// Its value can be reached only through given(), which says first whether there is one: an answer that nobody gave
/// cannot be read as the value it does not have.
template <class T>
class Answer {
 public:
  Location at;

  Answer() = default;
  [[nodiscard]] static Answer of(T value, Location at) { return {AnswerState::given, std::move(value), at}; }
  /// Any state but `given`.
  [[nodiscard]] static Answer nothing(AnswerState state, Location at) { return {state, T{}, at}; }

  [[nodiscard]] AnswerState state() const { return state_; }
  /// The value; null unless one was given.
  [[nodiscard]] const T* given() const { return state_ == AnswerState::given ? &value_ : nullptr; }
  /// Not asked or not known: it may still turn out either way.
  [[nodiscard]] bool open() const { return state_ == AnswerState::not_asked || state_ == AnswerState::unknown; }
  [[nodiscard]] std::optional<T> optional() const { return given() ? std::optional(value_) : std::nullopt; }
  [[nodiscard]] T value_or(T otherwise) const { return given() ? value_ : std::move(otherwise); }
  [[nodiscard]] bool is_none() const { return state_ == AnswerState::none; }

 private:
  Answer(AnswerState state, T value, Location where) : at(where), state_(state), value_(std::move(value)) {}

  AnswerState state_ = AnswerState::not_asked;
  T value_{};
};

/// Whether the answer was yes.
[[nodiscard]] inline bool is_yes(const Answer<bool>& answer) {
  return answer.given() != nullptr && *answer.given();
}

}  // namespace needleplan
