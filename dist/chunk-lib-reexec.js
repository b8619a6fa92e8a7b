import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/lib/reexec.ts
import { spawn } from "node:child_process";
import { constants } from "node:os";
var mallocSettings = {
  MALLOC_MMAP_THRESHOLD_: "4294967296",
  MALLOC_TRIM_THRESHOLD_: "17179869184",
  MALLOC_TOP_PAD_: "268435456"
}, childMark = "PROXYLESS_CI_CHILD";
function needsReexec(platform, environment) {
  return platform !== "linux" || environment.PROXYLESS_CI_NO_REEXEC ? !1 : !Object.keys(mallocSettings).every((name) => environment[name] !== void 0);
}
function reexec() {
  let child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...mallocSettings, ...process.env, [childMark]: "1" }
  });
  for (let signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject), child.on("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
function followParent() {
  !process.env[childMark] || !process.channel || (process.on("disconnect", () => process.kill(process.pid, "SIGKILL")), process.channel.unref());
}

export {
  needsReexec,
  reexec,
  followParent
};
