#include "cmd/commands.h"

#include <array>

namespace needleplan {

std::span<const Command> commands() {
  static constexpr std::array kCommands{
      Command{"check", "Can this client be treated on this day, and if not, why and when?", &add_check},
  };
  return kCommands;
}

}  // namespace needleplan
