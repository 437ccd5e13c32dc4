#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  try {
    CLI::App app{"Contraindication checks and dated care plans for microneedling", "needleplan"};
    app.set_version_flag("--version", "needleplan " NEEDLEPLAN_VERSION);
    CLI11_PARSE(app, argc, argv);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "needleplan: %s\n", error.what());
    return 70;
  }
}
