// Hair and headgear of the synthetic person, in the head's coordinates (see synthetic-person.ts): a layer behind and one before the face.
import type { Random } from '../base/random.ts';
import { anyColour, between, chance, n, pick, shade } from './synthetic-palette.ts';
import type { Figure } from './synthetic-person.ts';

/** SVG before and behind the body. */
interface Layers {
  readonly back: string;
  readonly front: string;
}

/** Draws one of several hair styles, sometimes under a hat. */
export function drawHair(figure: Figure): Layers {
  const { random } = figure;
  const style = pick(random, [bald, cropped, cropped, parted, spiky, curly, long, long, wavy, bob, tied, scarf]);
  const hair = style(figure);
  // Headphones and hats sit on everything but a scarf.
  if (style === scarf || !chance(random, 0.24)) return hair;
  return { back: hair.back, front: hair.front + pick(random, [cap, beanie, brim, headphones])(random) };
}

function bald({ hair, random }: Figure): Layers {
  const rim = chance(random, 0.5)
    ? `<path d="M-1 0.1 Q-1.08 -0.5 -0.9 -0.75 L-0.88 -0.1 z M1 0.1 Q1.08 -0.5 0.9 -0.75 L0.88 -0.1 z" fill="${hair}"/>`
    : '';
  return { back: '', front: rim };
}

/** The hair over the skull: how far it stands out, and where the hairline runs. */
function crown(random: Random, hair: string, out: number, line: number, down = 0.1): string {
  const part = between(random, -0.5, 0.5);
  const top = n(-1.25 - out);
  const wide = n(1.0 + out * 0.6);
  const shape = `<path d="M-${wide} ${n(down)} C-${n(1.12 + out)} -0.9 -0.75 ${top} 0 ${top} C0.75 ${top} ${n(1.12 + out)} -0.9 ${wide} ${n(down)} L0.9 ${n(down - 0.2)} Q0.85 ${n(line)} ${n(part + 0.2)} ${n(line - 0.15)} Q${n(part)} ${n(line + 0.2)} ${n(part - 0.25)} ${n(line)} Q-0.85 ${n(line)} -0.9 ${n(down - 0.2)} z" fill="${hair}"/>`;
  return shape + strands(random, hair, out);
}

/** Lighter and darker strokes within the crown. */
function strands(random: Random, hair: string, out: number): string {
  return Array.from({ length: 9 }, () => {
    const x = between(random, -0.7, 0.7);
    const y = -1.12 - out * 0.5 + Math.abs(x) * 0.35;
    return `<path d="M${n(x)} ${n(y)} q${n(x * 0.3)} 0.12 ${n(x * 0.35)} 0.32" stroke="${shade(hair, between(random, -0.5, 0.4))}" stroke-width="0.05" fill="none" opacity="0.7"/>`;
  }).join('');
}

function cropped({ random, hair }: Figure): Layers {
  return { back: '', front: crown(random, hair, between(random, 0.03, 0.22), between(random, -0.95, -0.6)) };
}

function parted({ random, hair }: Figure): Layers {
  const k = chance(random, 0.5) ? 1 : -1;
  const sweep = `<path d="M${n(k * 0.6)} -1.2 Q${n(-k * 0.3)} -1 ${n(-k * 1.02)} -0.25 Q${n(-k * 1.3)} -1.1 ${n(-k * 0.3)} -1.5 Q${n(k * 0.4)} -1.6 ${n(k * 0.6)} -1.2 z" fill="${shade(hair, 0.1)}"/>`;
  return { back: '', front: crown(random, hair, 0.18, -0.9) + sweep };
}

function spiky({ random, hair }: Figure): Layers {
  const spikes = Array.from({ length: 11 }, (_, i) => {
    const angle = Math.PI * (1.08 + (0.84 * i) / 10);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const length = between(random, 1.25, 1.6);
    const tip = `${n(c * length * 0.95)} ${n(s * length * 1.2)}`;
    return `<path d="M${n(c * 0.95 - s * 0.2)} ${n(s * 1.2 + c * 0.2)} L${tip} L${n(c * 0.95 + s * 0.2)} ${n(s * 1.2 - c * 0.2)} z" fill="${shade(hair, between(random, -0.15, 0.1))}"/>`;
  });
  return { back: '', front: spikes.join('') + crown(random, hair, 0.06, -0.8) };
}

/** Circles along the skull, from tight curls to an afro. */
function curly({ random, hair }: Figure): Layers {
  const out = between(random, 0.05, 0.65);
  const low = between(random, 0.75, 1.25);
  const curl = (spread: number, size: number): string =>
    Array.from({ length: 26 }, (_, i) => {
      const angle = Math.PI * (1.5 + (spread * (i - 12.5)) / 25);
      const radius = between(random, 0.98, 1.08 + out);
      return `<circle cx="${n(Math.cos(angle) * radius)}" cy="${n(Math.sin(angle) * radius * 1.12 - 0.1)}" r="${n(size * between(random, 0.8, 1.25))}" fill="${shade(hair, between(random, -0.25, 0.12))}"/>`;
    }).join('');
  const volume = `<ellipse cx="0" cy="-0.25" rx="${n(1.08 + out)}" ry="${n(1.15 + out)}" fill="${shade(hair, -0.2)}"/>`;
  return {
    back: volume + curl(low * 1.3, 0.24 + out * 0.25),
    front: crown(random, hair, 0.1, -0.75) + curl(0.75, 0.2),
  };
}

function fall(random: Random, hair: string, length: number, spread: number): string {
  const shape = `<path d="M-0.9 -0.9 C-1.35 -0.4 ${n(-1.1 - spread)} ${n(length * 0.6)} ${n(-0.9 - spread)} ${n(length)} Q0 ${n(length + between(random, -0.3, 0.3))} ${n(0.9 + spread)} ${n(length)} C${n(1.1 + spread)} ${n(length * 0.6)} 1.35 -0.4 0.9 -0.9 Q0 -1.6 -0.9 -0.9 z" fill="${shade(hair, -0.25)}"/>`;
  const wisps = Array.from({ length: 8 }, () => {
    const k = chance(random, 0.5) ? 1 : -1;
    return `<path d="M${n(k * 1.1)} ${n(between(random, -0.6, 0.4))} q${n(k * between(random, 0, 0.35))} ${n(length * 0.4)} ${n(k * between(random, -0.2, 0.35))} ${n(length * between(random, 0.5, 0.8))}" stroke="${hair}" stroke-width="0.06" fill="none"/>`;
  });
  return shape + wisps.join('');
}

/** Locks before the shoulders, at the sides of the face. */
function locks(random: Random, hair: string, length: number): string {
  return [-1, 1]
    .filter(() => chance(random, 0.7))
    .map(
      (k) =>
        `<path d="M${n(k * 0.75)} -1 Q${n(k * 1.35)} -0.2 ${n(k * 1.2)} ${n(length)} Q${n(k * 0.95)} ${n(length + 0.2)} ${n(k * 0.85)} ${n(length * 0.8)} Q${n(k * 1.02)} 0.3 ${n(k * 0.75)} -1 z" fill="${shade(hair, between(random, -0.1, 0.12))}"/>`,
    )
    .join('');
}

function long({ random, hair }: Figure): Layers {
  const length = between(random, 1.9, 3.8);
  return {
    back: fall(random, hair, length, between(random, 0, 0.5)),
    front: crown(random, hair, 0.12, between(random, -0.95, -0.45)) + locks(random, hair, length * 0.85),
  };
}

function wavy({ random, hair }: Figure): Layers {
  const length = between(random, 1.6, 3.2);
  const waves = Array.from({ length: 18 }, (_, i) => {
    const k = i % 2 === 0 ? 1 : -1;
    const y = -0.8 + ((length + 0.8) * i) / 17;
    return `<circle cx="${n(k * between(random, 1.0, 1.35))}" cy="${n(y)}" r="${n(between(random, 0.22, 0.4))}" fill="${shade(hair, between(random, -0.3, 0.1))}"/>`;
  });
  return { back: fall(random, hair, length, 0.15) + waves.join(''), front: crown(random, hair, 0.2, -0.8) };
}

function bob({ random, hair }: Figure): Layers {
  const length = between(random, 0.9, 1.5);
  const fringe = chance(random, 0.5) ? -0.35 : -0.85;
  return {
    back: fall(random, hair, length, 0.25),
    front: crown(random, hair, 0.14, fringe) + locks(random, hair, length * 0.9),
  };
}

function tied({ random, hair, turn }: Figure): Layers {
  const knot = chance(random, 0.5)
    ? `<circle cx="${n(-turn)}" cy="-1.6" r="${n(between(random, 0.3, 0.55))}" fill="${shade(hair, -0.1)}"/>`
    : `<path d="M${n(-Math.sign(turn) * 0.8)} -0.7 q${n(-Math.sign(turn) * 1.3)} 0.3 ${n(-Math.sign(turn) * 0.7)} 2.6 q${n(Math.sign(turn) * 0.3)} -1.2 ${n(Math.sign(turn) * 0.7)} -2 z" fill="${shade(hair, -0.2)}"/>`;
  return { back: knot, front: crown(random, hair, 0.05, -0.95, -0.05) };
}

/** A cloth around head and neck. */
function scarf({ random }: Figure): Layers {
  const cloth = anyColour(random);
  const wrap = `<path d="M0 -1.5 C0.95 -1.5 1.25 -0.8 1.22 0 C1.2 0.9 1.5 1.6 1.9 2.4 Q0 3.6 -1.9 2.4 C-1.5 1.6 -1.2 0.9 -1.22 0 C-1.25 -0.8 -0.95 -1.5 0 -1.5 z`;
  const opening =
    'M0 -0.95 C0.6 -0.95 0.84 -0.5 0.84 -0.05 C0.84 0.55 0.6 1.2 0 1.22 C-0.6 1.2 -0.84 0.55 -0.84 -0.05 C-0.84 -0.5 -0.6 -0.95 0 -0.95 z';
  const folds = `<path d="M-1.1 0.9 Q0 2.1 1.2 1.3 M-1.3 1.7 Q0 2.8 1.5 2" stroke="${shade(cloth, -0.4)}" stroke-width="0.07" fill="none"/>`;
  return { back: '', front: `${wrap} ${opening}" fill="${cloth}" fill-rule="evenodd"/>${folds}` };
}

function cap(random: Random): string {
  const cloth = anyColour(random);
  const k = chance(random, 0.5) ? 1 : -1;
  return `<path d="M-1.12 -0.55 C-1.15 -1.3 -0.6 -1.75 0 -1.75 C0.6 -1.75 1.15 -1.3 1.12 -0.55 Q0 -0.85 -1.12 -0.55 z" fill="${cloth}"/><path d="M${n(-k * 0.6)} -0.75 Q${n(k * 0.4)} -1 ${n(k * 1.1)} -0.65 Q${n(k * 1.8)} -0.5 ${n(k * 1.55)} -0.35 Q${n(k * 0.5)} -0.55 ${n(-k * 0.6)} -0.75 z" fill="${shade(cloth, -0.3)}"/>`;
}

function beanie(random: Random): string {
  const cloth = anyColour(random);
  const bobble = chance(random, 0.4) ? `<circle cx="0" cy="-1.95" r="0.28" fill="${shade(cloth, 0.3)}"/>` : '';
  return `${bobble}<path d="M-1.14 -0.6 C-1.2 -1.5 -0.7 -1.9 0 -1.9 C0.7 -1.9 1.2 -1.5 1.14 -0.6 z" fill="${cloth}"/><rect x="-1.18" y="-0.9" width="2.36" height="0.4" rx="0.15" fill="${shade(cloth, -0.25)}"/>`;
}

function brim(random: Random): string {
  const felt = chance(random, 0.5) ? '#c9a86a' : anyColour(random, 0.5);
  const wide = between(random, 1.7, 2.4);
  return `<path d="M-0.95 -0.8 C-1 -1.9 -0.6 -2 0 -1.9 C0.6 -2 1 -1.9 0.95 -0.8 z" fill="${felt}"/><path d="M-0.97 -1.1 H0.97 V-0.75 H-0.97 z" fill="${shade(felt, -0.5)}"/><ellipse cx="0" cy="-0.72" rx="${n(wide)}" ry="0.26" fill="${shade(felt, -0.12)}"/>`;
}

function headphones(random: Random): string {
  const colour = anyColour(random, 0.4);
  const cup = (k: number): string =>
    `<rect x="${n(k * 1.12 - 0.22)}" y="-0.32" width="0.44" height="0.8" rx="0.2" fill="${shade(colour, -0.2)}"/>`;
  return `<path d="M-1.12 0 C-1.3 -2 1.3 -2 1.12 0" fill="none" stroke="${colour}" stroke-width="0.2"/>${cup(-1)}${cup(1)}`;
}
