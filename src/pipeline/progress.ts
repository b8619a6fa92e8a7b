// Progress of named stages: one line that is rewritten on a terminal, plain lines now and then elsewhere (logs of CI).

/** Where progress is written: standard error, in practice. */
export interface ProgressStream {
  write(text: string): unknown;
  readonly columns?: number | undefined;
}

/** A stage under way. */
export interface Stage {
  /** Says how far it is, with a few words of detail such as the loss. */
  update(current: number, detail?: string): void;
  /** Ends it with a line that stays. */
  done(detail?: string): void;
}

export interface Progress {
  /**
   * Starts a stage, ending the one before.
   * @param total number of steps, images, subnets ... in `unit`
   * @param start steps done before, by an interrupted run: they do not count towards the rate
   */
  stage(name: string, total: number, unit: string, start?: number): Stage;
  /** Writes a line that stays. */
  note(line: string): void;
}

const ttyIntervalMs = 100;
const plainIntervalMs = 10_000;

/**
 * Progress on a stream.
 * @param tty whether a line can be rewritten; `silent` writes nothing
 */
export function createProgress(
  stream: ProgressStream,
  { tty, silent = false }: { tty: boolean; silent?: boolean },
): Progress {
  let pending = false;
  const keep = (line: string): void => {
    if (silent) return;
    stream.write(`${pending ? '\r\u001b[K' : ''}${line}\n`);
    pending = false;
  };
  const rewrite = (line: string): void => {
    if (silent) return;
    stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
    pending = true;
  };

  return {
    note: keep,
    stage(name, total, unit, start = 0) {
      const startMs = performance.now();
      let shownMs = startMs;
      let current = start;
      const elapsed = () => performance.now() - startMs;
      if (tty) rewrite(`${name}: ${start}/${total} ${unit}`);
      else keep(`${name}: ${start > 0 ? `resumes at ${start} of ` : ''}${total} ${unit}`);
      return {
        update(now, detail) {
          current = now;
          const interval = tty ? ttyIntervalMs : plainIntervalMs;
          if (performance.now() - shownMs < interval) return;
          shownMs = performance.now();
          const rate = (1000 * (current - start)) / elapsed();
          const eta = rate > 0 ? `, ${formatDuration((1000 * (total - current)) / rate)} left` : '';
          const line = `${name}: ${current}/${total} ${unit}, ${formatRate(rate)}${eta}${detail ? `, ${detail}` : ''}`;
          if (tty) rewrite(line);
          else keep(line);
        },
        done(detail) {
          keep(
            `${name}: ${current > start ? current : total} ${unit} in ${formatDuration(elapsed())}${detail ? `, ${detail}` : ''}`,
          );
        },
      };
    },
  };
}

function formatRate(perSecond: number): string {
  if (perSecond >= 1 || perSecond === 0) return `${perSecond.toPrecision(3)}/s`;
  return `${(1 / perSecond).toPrecision(3)} s each`;
}

/** A duration such as `12 s`, `3 min 20 s` or `1 h 05 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${seconds} s`;
  const pad = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${pad(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}
