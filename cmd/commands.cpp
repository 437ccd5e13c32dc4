#include "cmd/commands.h"

#include <array>

namespace needleplan {

std::span<const Command> commands() {
  static constexpr std::array kCommands{
      Command{"check", "Can this client be treated on this day, and if not, why and when?", &add_check},
      Command{"prep", "What the client does and stops, day by day up to the session", &add_prep},
      Command{"procedure", "The steps of the session, with settings, timers and checklist", &add_procedure},
      Command{"aftercare", "What to do, avoid and expect, day by day after the session", &add_aftercare},
      Command{"plan", "The whole packet: check, prep, procedure and aftercare", &add_plan},
      Command{"batch", "Any of the above for many clients: files, folders, streams", &add_batch},
      Command{"due", "Across clients: what begins, ends, is due or is broken on a day, with words to send", &add_due},
      Command{"merge", "Puts the results of the parts of a run together", &add_merge},
      Command{"explain", "What a rule says, on what sources, and why it fired or did not", &add_explain},
      Command{"which", "What a name means, the rules that meet it, and names near it", &add_which},
      Command{"list", "What is known: rules, subjects, areas, sources ...", &add_list},
      Command{"init", "An annotated file to fill in", &add_init},
      Command{"convert", "Streams of profiles as NDJSON, and NDJSON as YAML", &add_convert},
      Command{"protocol", "For authors of protocols: lint, show, doc, schema", &add_protocol},
  };
  return kCommands;
}

}  // namespace needleplan
