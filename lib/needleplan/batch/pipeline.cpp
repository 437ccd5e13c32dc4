#include "needleplan/batch/pipeline.h"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <future>
#include <mutex>

namespace needleplan::batch {

namespace {

class Pipeline {
 public:
  Pipeline(const Stages& stages, const std::atomic<bool>& stop)
      : stages_(stages), stop_(stop), slots_(2 * stages.work.size()) {}

  void run() {
    std::vector<std::future<void>> workers;
    for (const auto& work : stages_.work)
      workers.push_back(std::async(std::launch::async, [this, &work] { worker(work); }));
    for (std::future<void>& one : workers)
      one.wait();
    for (std::future<void>& one : workers)
      one.get();
  }

 private:
  struct Slot {
    Results results;
    bool ready = false;
  };

  /// When a worker leaves by an exception, nobody may wait for its chunk.
  class Guard {
   public:
    explicit Guard(Pipeline& pipeline) : pipeline_(pipeline), before_(std::uncaught_exceptions()) {}
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard() {
      if (std::uncaught_exceptions() > before_) pipeline_.end();
    }

   private:
    Pipeline& pipeline_;
    int before_;
  };

  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  void worker(const std::function<void(const Chunk&, Results&)>& work) {
    const Guard guard(*this);
    Chunk chunk;
    Results results;
    std::uint64_t ticket = 0;
    while (pull(chunk, ticket)) {
      work(chunk, results);
      hand_on(results, ticket);
    }
  }

  bool pull(Chunk& chunk, std::uint64_t& ticket) {
    const std::lock_guard turn(pulling_);
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ended_ || pulled_ < delivered_ + slots_.size(); });
      if (ended_ || stop_) return false;
    }
    if (exhausted_ || !stages_.pull(chunk)) {
      exhausted_ = true;
      return false;
    }
    ticket = pulled_++;
    return true;
  }

  /// Puts the results down; whoever has the next ones in turn delivers all that are ready.
  void hand_on(Results& results, std::uint64_t ticket) {
    std::unique_lock lock(mutex_);
    Slot& own = slots_[ticket % slots_.size()];
    std::swap(own.results, results);
    own.ready = true;
    if (delivering_) return;
    delivering_ = true;
    while (!ended_ && slots_[delivered_ % slots_.size()].ready) {
      Slot& slot = slots_[delivered_ % slots_.size()];
      lock.unlock();
      const bool more = stages_.deliver(slot.results);
      lock.lock();
      slot.ready = false;
      ++delivered_;
      ended_ = ended_ || !more;
      changed_.notify_all();
    }
    delivering_ = false;
  }

  const Stages& stages_;
  const std::atomic<bool>& stop_;
  std::vector<Slot> slots_;
  std::mutex pulling_;  ///< held while the input is read; guards exhausted_
  std::mutex mutex_;    ///< guards the rest
  std::condition_variable changed_;
  std::atomic<std::uint64_t> pulled_ = 0;
  std::uint64_t delivered_ = 0;
  bool exhausted_ = false;
  bool delivering_ = false;
  bool ended_ = false;
};

}  // namespace

void run_pipeline(const Stages& stages, const std::atomic<bool>& stop) {
  if (stages.work.size() > 1) return Pipeline(stages, stop).run();
  Chunk chunk;
  Results results;
  while (!stop && stages.pull(chunk)) {
    stages.work.front()(chunk, results);
    if (!stages.deliver(results)) return;
  }
}

}  // namespace needleplan::batch
