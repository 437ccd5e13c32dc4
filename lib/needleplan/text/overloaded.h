/// Lambdas as one visitor of a std::variant.
#pragma once

namespace needleplan {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;  // Clang 14 needs the guide

}  // namespace needleplan
