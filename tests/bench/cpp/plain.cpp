// needleplan-bench-plain STREAM OUT: check and seven-day aftercare of every profile, straightforwardly. A yardstick.
#include <cstdio>
#include <fstream>

#include "bench/cpp/work.h"

int main(int argc, char** argv) {
  using namespace needleplan;
  if (argc != 3) {
    std::fputs("usage: needleplan-bench-plain STREAM OUT\n", stderr);
    return 64;
  }
  const auto pack = bench::protocol();
  bench::Plain plain(*pack);
  std::ofstream out(argv[2], std::ios::binary);
  for (const std::string& text : bench::documents(argv[1]))
    out << plain(text);
  return out.flush() ? 0 : 74;
}
