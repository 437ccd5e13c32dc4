// The manifests in needleplan-scale(7) are YAML that says what the page says. That their scripts do the work is the
// matter of tests/scale/indexed.sh.
#include <fstream>
#include <string>

#include <doctest/doctest.h>
#include <yaml-cpp/yaml.h>

namespace {

/// What a reader sees of the display behind the comment `recipe: NAME`; empty without one.
std::string recipe(const std::string& name) {
  std::ifstream page(NEEDLEPLAN_SOURCE_DIR "/man/needleplan-scale.7");
  std::string text;
  bool found = false;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line == ".\\\" recipe: " + name) {
      found = true;
    } else if (found && line.starts_with(".Bd")) {
      inside = true;
    } else if (inside && line == ".Ed") {
      break;
    } else if (inside) {
      text += line + "\n";
    }
  }
  for (const auto& [escape, plain] : {std::pair{"\\(aq", "'"}, {"\\e", "\\"}}) {
    for (std::size_t at = text.find(escape); at != std::string::npos; at = text.find(escape, at + 1)) {
      text.replace(at, std::string(escape).size(), plain);
    }
  }
  return text;
}

YAML::Node manifest(const std::string& name) {
  const std::string text = recipe(name);
  REQUIRE_FALSE(text.empty());
  const YAML::Node job = YAML::Load(text);
  CHECK(job["apiVersion"].as<std::string>() == "batch/v1");
  CHECK(job["kind"].as<std::string>() == "Job");
  return job;
}

/// The one container of the job; checks what both jobs have in common.
YAML::Node container(const YAML::Node& job) {
  const YAML::Node pod = job["spec"]["template"]["spec"];
  REQUIRE(pod["containers"].size() == 1);
  const YAML::Node only = pod["containers"][0];
  CHECK(pod["securityContext"]["runAsNonRoot"].as<bool>());
  CHECK_FALSE(pod["automountServiceAccountToken"].as<bool>());
  REQUIRE(only["volumeMounts"].size() == 1);
  REQUIRE(pod["volumes"].size() == 1);
  CHECK(only["volumeMounts"][0]["name"].as<std::string>() == pod["volumes"][0]["name"].as<std::string>());
  CHECK(only["volumeMounts"][0]["mountPath"].as<std::string>() == only["workingDir"].as<std::string>());
  REQUIRE(only["command"].size() == 2);
  CHECK(only["command"][1].as<std::string>() == "-c");
  REQUIRE(only["args"].size() == 1);
  CHECK(only["args"][0].as<std::string>().ends_with("exit \"$code\"\n"));
  return only;
}

TEST_CASE("the manifest of the shards is an indexed job that tells each the number of shards") {
  const YAML::Node job = manifest("kubernetes-check");
  const YAML::Node spec = job["spec"];
  CHECK(spec["completionMode"].as<std::string>() == "Indexed");
  CHECK(spec["parallelism"].as<int>() <= spec["completions"].as<int>());
  CHECK(spec["template"]["spec"]["restartPolicy"].as<std::string>() == "OnFailure");
  const YAML::Node check = container(job);
  REQUIRE(check["env"].size() == 1);
  CHECK(check["env"][0]["name"].as<std::string>() == "JOB_COMPLETIONS");
  CHECK(check["env"][0]["value"].as<int>() == spec["completions"].as<int>());
  CHECK(check["env"][0]["value"].Tag() == "!");  // quoted: Kubernetes takes no number for the value of a variable
  const auto script = check["args"][0].as<std::string>();
  CHECK(script.find("--shard auto") != std::string::npos);
  CHECK(script.find("$JOB_COMPLETION_INDEX") != std::string::npos);
}

TEST_CASE("the manifest of the merge is a job that says how many clients there must be") {
  const YAML::Node job = manifest("kubernetes-merge");
  CHECK(job["metadata"]["name"].as<std::string>() !=
        manifest("kubernetes-check")["metadata"]["name"].as<std::string>());
  CHECK_FALSE(job["spec"]["completionMode"]);
  CHECK(container(job)["args"][0].as<std::string>().find("--expect \"$(grep -c '^---$' clients.yaml)\"") !=
        std::string::npos);
}

}  // namespace
