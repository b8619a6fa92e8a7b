// Values as users write them, read in one way by the command line and the Action: each gives undefined for what it cannot be.

/** A share above 0 and below 1: `5%` or `0.05`. `5` is neither. */
export function parseShare(text: string): number | undefined {
  const [, number, percent] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(%?)\s*$/.exec(text) ?? [];
  const value = Number(number) / (percent ? 100 : 1);
  return number !== undefined && value > 0 && value < 1 ? value : undefined;
}
export const shareForm = 'must be a share such as 5% or 0.05';

/** A whole number of at least `smallest`. */
export function parseWholeNumber(text: string, smallest: number): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Number.isSafeInteger(value) && value >= smallest ? value : undefined;
}

/** One of several parts, `2/4`: the first number from 1 to the second. */
export function parsePart(text: string): { readonly index: number; readonly count: number } | undefined {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  return index !== undefined && count !== undefined && index >= 1 && index <= count ? { index, count } : undefined;
}

/** A folder with a weight behind it, `photos=2`, or without: then it is 1. */
export function parseWeighted(text: string): { readonly folder: string; readonly weight: number } | undefined {
  const [, folder = text, weight = '1'] = /^(.+)=([0-9.]+)$/.exec(text) ?? [];
  return Number(weight) >= 0 ? { folder, weight: Number(weight) } : undefined;
}
export const weightForm = 'the weight must be a number, such as photos=2';

/** A limit on latency: milliseconds, or a multiple of a baseline's latency. */
export type LatencyLimit = { readonly ms: number } | { readonly times: number };

/** A limit as `5.5ms`, or `0.8x` for a multiple. */
export function parseLimit(text: string): LatencyLimit | undefined {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?|\.\d+)(ms|x)\s*$/.exec(text) ?? [];
  const value = Number(number);
  if (number === undefined || !(value > 0)) return undefined;
  return unit === 'ms' ? { ms: value } : { times: value };
}
export const limitForm = "must be milliseconds or multiples of the baseline's latency, such as 4.5ms or 0.8x";

/** The limit in words that `parseLimit` reads, and that files may be called by. */
export const limitName = (limit: LatencyLimit): string => ('ms' in limit ? `${limit.ms}ms` : `${limit.times}x`);
