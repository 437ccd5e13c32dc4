#include "needleplan/render/aftercare_sheets.h"

#include "needleplan/plan/common.h"

namespace needleplan {

namespace {

/// Far more than the kinds of one pack and a night's appointments take; a layer with many conditions may have more.
constexpr std::size_t kMostBytes = std::size_t{4} << 20U;

}  // namespace

std::shared_ptr<const Stencil> AftercareSheets::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto known = store_->stencils.find(key);
  if (known == store_->stencils.end()) return nullptr;
  return {store_, known->second.get()};
}

std::shared_ptr<const Stencil> AftercareSheets::keep(const std::string& key, std::string_view drawn,
                                                     std::optional<int> width) {
  const std::lock_guard lock(mutex_);
  // Whoever still fills in an old stencil holds on to the old store.
  if (store_->bytes + store_->parts.bytes() > kMostBytes) store_ = std::make_shared<Store>();
  auto& stencil = store_->stencils[key];
  if (!stencil) {
    stencil = std::make_unique<const Stencil>(drawn, width, store_->parts);
    store_->bytes += stencil->bytes() + key.size() + 128;
  }
  return {store_, stencil.get()};
}

bool AftercareSheets::draw(const PlanInput& input, Drawing& drawing, Stencil::Scratch& scratch, std::string& out,
                           Diagnostics& diagnostics) {
  const std::vector<std::string> texts = client_texts(input);
  std::string key;
  kinds_.append_key(input, texts.size(), key);
  std::shared_ptr<const Stencil> stencil = find(key);
  if (!stencil) {
    PlanInput open = input;
    open.session.blanks = true;
    std::string drawn;
    if (!drawing.compose(build_aftercare(open, days_), drawn, diagnostics)) return false;
    ++built_;
    stencil = keep(key, drawn, drawing.width());
  }
  Filling filling;
  filling.day = input.session.day.value_or(Date{});
  filling.time = input.session.time.value_or(TimeOfDay{0});
  filling.texts = texts;
  filling.escape = drawing.escape();
  filling.ascii = drawing.ascii_only();
  stencil->fill(filling, scratch, out);
  return true;
}

}  // namespace needleplan
