import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  ExitCode
} from "./chunk-lib-errors.js";

// src/lib/signals.ts
var sameSignalMs = 500, exitCodes = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated };
function handleSignals(announce) {
  let controller = new AbortController(), exitCode, firstMs = 0;
  for (let [name, code] of Object.entries(exitCodes))
    process.on(name, () => {
      if (exitCode !== void 0) {
        performance.now() - firstMs > sameSignalMs && process.exit(exitCode);
        return;
      }
      exitCode = code, firstMs = performance.now(), announce(`${name}: stopping, with a checkpoint where something is trained; send the signal again to end at once`), controller.abort();
    });
  return { signal: controller.signal, exitCode: () => exitCode };
}

// src/pipeline/progress.ts
function createProgress(stream, { tty, silent = !1 }) {
  let pending = !1, keep = (line) => {
    silent || (stream.write(`${pending ? "\r\x1B[K" : ""}${line}
`), pending = !1);
  }, rewrite = (line) => {
    silent || (stream.write(`\r\x1B[K${line.slice(0, (stream.columns ?? 80) - 1)}`), pending = !0);
  };
  return {
    note: keep,
    stage(name, total, unit, start = 0) {
      let startMs = performance.now(), shownMs = startMs, current = start, elapsed = () => performance.now() - startMs;
      return tty ? rewrite(`${name}: ${start}/${total} ${unit}`) : keep(`${name}: ${start > 0 ? `resumes at ${start} of ` : ""}${total} ${unit}`), {
        update(now, detail) {
          current = now;
          let interval = tty ? 100 : 1e4;
          if (performance.now() - shownMs < interval) return;
          shownMs = performance.now();
          let rate = 1e3 * (current - start) / elapsed(), eta = rate > 0 ? `, ${formatDuration(1e3 * (total - current) / rate)} left` : "", line = `${name}: ${current}/${total} ${unit}, ${formatRate(rate)}${eta}${detail ? `, ${detail}` : ""}`;
          tty ? rewrite(line) : keep(line);
        },
        done(detail) {
          keep(
            `${name}: ${current > start ? current : total} ${unit} in ${formatDuration(elapsed())}${detail ? `, ${detail}` : ""}`
          );
        }
      };
    }
  };
}
function formatRate(perSecond) {
  return perSecond >= 1 || perSecond === 0 ? `${perSecond.toPrecision(3)}/s` : `${(1 / perSecond).toPrecision(3)} s each`;
}
function formatDuration(ms) {
  let seconds = Math.round(ms / 1e3);
  if (seconds < 60) return ms < 1e4 ? `${(ms / 1e3).toFixed(1)} s` : `${seconds} s`;
  let pad = (n) => String(n).padStart(2, "0"), minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${pad(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

export {
  handleSignals,
  createProgress
};
