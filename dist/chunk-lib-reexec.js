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
var kernelsMessage = "kernels", crashes = ["SIGSEGV", "SIGILL", "SIGABRT", "SIGBUS", "SIGFPE"];
async function reexec() {
  let child;
  for (let signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child?.kill(signal));
  let run = (environment) => (child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...mallocSettings, ...environment, [childMark]: "1" }
  }), endOf(child)), first = await run(process.env), isChosen = process.env.PROXYLESS_CI_KERNELS !== void 0;
  return !first.usedKernels || isChosen || !first.signal || !crashes.includes(first.signal) ? exitCode(first) : (process.stderr.write(
    `the process that did the work died of ${first.signal}, with the native kernels loaded; this is a bug in proxyless-ci or ONNX Runtime${first.signal === "SIGABRT" ? ", or memory has run out" : ""}. It goes on from the last checkpoint with plain operators, several times slower.
`
  ), exitCode(await run({ ...process.env, PROXYLESS_CI_KERNELS: "off" })));
}
function endOf(child) {
  return new Promise((resolve, reject) => {
    let usedKernels = !1;
    child.on("message", (message) => {
      usedKernels ||= message === kernelsMessage;
    }), child.on("error", reject), child.on("exit", (code, signal) => resolve({ code, signal, usedKernels }));
  });
}
var exitCode = ({ code, signal }) => code ?? 128 + constants.signals[signal];
function announceKernels() {
  process.env[childMark] && process.send?.(kernelsMessage);
}
function followParent() {
  !process.env[childMark] || !process.channel || (process.on("disconnect", () => process.kill(process.pid, "SIGKILL")), process.channel.unref());
}

export {
  needsReexec,
  reexec,
  announceKernels,
  followParent
};
