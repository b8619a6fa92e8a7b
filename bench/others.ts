// How much of the cores other processes use, so that a bench can tell quiet from not.
import { cpus } from 'node:os';

/** Begins to watch; what it returns says the share of all cores that other processes have used since. */
export function watchOthers(): () => number {
  const [busy, own, started] = [busyMs(), ownMs(), performance.now()];
  return () => (busyMs() - busy - (ownMs() - own)) / ((performance.now() - started) * cpus().length);
}

const busyMs = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);

function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
