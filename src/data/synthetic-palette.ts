// Colours and small SVG helpers that the synthetic portraits' person and backdrop share.
import type { Random } from '../base/random.ts';

/** The colours of one person; backdrops borrow them so that colour alone does not tell person from background. */
export interface Palette {
  readonly skin: string;
  readonly hair: string;
  readonly cloth: string;
}

/** Any element of a non-empty list. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.int(items.length)]!;
}

/** Uniform in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.uniform();
}

/** True with the given probability. */
export function chance(random: Random, probability: number): boolean {
  return random.uniform() < probability;
}

/** #rrggbb, one hexadecimal pair a channel, from 0..255. */
export function rgb(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map((value) => hexByte(value)).join('')}`;
}

/** Any colour: hue, saturation and lightness all free within the bounds of cloth and walls. */
export function anyColour(random: Random, saturation = 0.7): string {
  const hue = random.uniform() * 6;
  const chroma = saturation * random.uniform();
  const lightness = between(random, 0.12, 0.92);
  const channel = (shift: number): number => {
    const k = (hue + shift) % 6;
    const ramp = Math.max(0, Math.min(k, 4 - k, 1));
    return 255 * (lightness - chroma * Math.min(lightness, 1 - lightness) * (2 * ramp - 1));
  };
  return rgb(channel(5), channel(3), channel(1));
}

/** A colour made lighter (amount > 0, towards white) or darker (amount < 0, towards black). */
export function shade(colour: string, amount: number): string {
  const goal = amount > 0 ? 255 : 0;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16);
    return value + (goal - value) * Math.abs(amount);
  });
  return rgb(red!, green!, blue!);
}

/** A colour near the given one: each channel moved by up to `distance` of 255. */
export function near(random: Random, colour: string, distance: number): string {
  const [red, green, blue] = [1, 3, 5].map(
    (at) => Number.parseInt(colour.slice(at, at + 2), 16) + 255 * between(random, -distance, distance),
  );
  return rgb(red!, green!, blue!);
}

/** A coordinate for SVG: three decimals. */
export function n(value: number): string {
  return value.toFixed(3);
}

/** `<pattern>` of stripes, checks, dots or plain knit, for cloth, curtains and wallpaper. Needs its own id. */
export function fabric(random: Random, id: string, colour: string, size: number): string {
  const other = chance(random, 0.5) ? anyColour(random) : shade(colour, between(random, -0.45, 0.45));
  const kind = pick(random, ['stripes', 'check', 'dots', 'zigzag'] as const);
  const s = size * between(random, 0.6, 1.6);
  const base = `<rect width="${n(s)}" height="${n(s)}" fill="${colour}"/>`;
  const marks = {
    stripes: `<rect width="${n(s)}" height="${n(s * 0.4)}" fill="${other}"/>`,
    check: `<rect width="${n(s / 2)}" height="${n(s)}" fill="${other}" fill-opacity="0.6"/><rect width="${n(s)}" height="${n(s / 2)}" fill="${other}" fill-opacity="0.5"/>`,
    dots: `<circle cx="${n(s / 2)}" cy="${n(s / 2)}" r="${n(s * 0.22)}" fill="${other}"/>`,
    zigzag: `<path d="M0 ${n(s * 0.7)} L${n(s / 2)} ${n(s * 0.2)} L${n(s)} ${n(s * 0.7)}" stroke="${other}" stroke-width="${n(s * 0.18)}" fill="none"/>`,
  }[kind];
  const turn = n(pick(random, [0, 0, 90, 45, -30]) + between(random, -6, 6));
  return `<pattern id="${id}" width="${n(s)}" height="${n(s)}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">${base}${marks}</pattern>`;
}

function hexByte(value: number): string {
  const byte = Math.max(0, Math.min(255, Math.round(value)));
  return byte.toString(16).padStart(2, '0');
}
