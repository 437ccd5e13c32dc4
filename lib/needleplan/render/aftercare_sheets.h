/// Aftercare sheets for many clients: each kind of sheet is built and drawn once, then filled in for every client.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "needleplan/plan/aftercare_kind.h"
#include "needleplan/plan/builders.h"
#include "needleplan/render/formats.h"
#include "needleplan/render/stencil.h"

namespace needleplan {

/// For one format of a run. May be asked from several threads at once, each with a Drawing and a Scratch of its own;
/// the Drawings must have been opened alike.
class AftercareSheets {
 public:
  /// `days` as for build_aftercare(). The pack must outlive the sheets.
  AftercareSheets(const Pack& pack, int days) : kinds_(pack), days_(days) {}

  /// Appends what `drawing` draws of build_aftercare(): the same bytes.
  bool draw(const PlanInput& input, Drawing& drawing, Stencil::Scratch& scratch, std::string& out,
            Diagnostics& diagnostics);

  /// How many sheets were built, for statistics and tests.
  [[nodiscard]] std::size_t built() const { return built_; }

 private:
  /// What is thrown away together when it takes too much memory.
  struct Store {
    StencilParts parts;
    std::unordered_map<std::string, std::unique_ptr<const Stencil>> stencils;
    std::size_t bytes = 0;
  };

  [[nodiscard]] std::shared_ptr<const Stencil> find(const std::string& key);
  std::shared_ptr<const Stencil> keep(const std::string& key, std::string_view drawn, std::optional<int> width);

  AftercareKinds kinds_;
  int days_;
  std::mutex mutex_;
  std::shared_ptr<Store> store_ = std::make_shared<Store>();
  std::atomic<std::size_t> built_ = 0;
};

}  // namespace needleplan
