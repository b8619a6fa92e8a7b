// What stands behind a synthetic person: rooms, shelves, windows, plants, curtains, posters, and things in skin and cloth colours.
import type { Random } from '../base/random.ts';
import { anyColour, between, chance, fabric, n, near, type Palette, pick, shade } from './synthetic-palette.ts';

/**
 * Draws a backdrop as an opaque SVG of width x height.
 * @param palette the person's colours, which some of the things behind borrow
 */
export function drawBackdrop(random: Random, width: number, height: number, palette: Palette): string {
  const wall = chance(random, 0.25) ? near(random, pick(random, Object.values(palette)), 0.12) : anyColour(random, 0.5);
  const paint = (): string =>
    chance(random, 0.4) ? near(random, pick(random, Object.values(palette)), 0.08) : anyColour(random);
  const scene: Scene = { random, width, height, paint };
  const angle = between(random, 0, 360);
  const amount = between(random, 0.05, 0.45);
  const layers = [
    `<defs><linearGradient id="wall" gradientTransform="rotate(${n(angle)} 0.5 0.5)"><stop offset="0" stop-color="${shade(wall, amount)}"/><stop offset="1" stop-color="${shade(wall, -amount)}"/></linearGradient></defs>`,
    `<rect width="${width}" height="${height}" fill="url(#wall)"/>`,
  ];
  if (chance(random, 0.5)) layers.push(texture(scene));
  // A plain wall now and then; most photos are taken somewhere.
  if (chance(random, 0.9)) {
    const things = [shelf, window, curtain, plants, posters, pillars, lamps, outdoors, blobs, blobs];
    const count = 2 + random.int(4);
    for (let i = 0; i < count; i++) layers.push(pick(random, things)(scene, i));
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${layers.join('')}</svg>`;
}

interface Scene {
  readonly random: Random;
  readonly width: number;
  readonly height: number;
  /** A colour for a thing, often one of the person's. */
  readonly paint: () => string;
}

function texture({ random, width, height }: Scene): string {
  const frequency = `${n(between(random, 0.02, 0.3))} ${n(between(random, 0.02, 0.3))}`;
  const tone = anyColour(random);
  return `<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3" seed="${random.int(1000)}"/><feColorMatrix type="matrix" values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  2.2 0 0 0 -0.7"/><feComposite operator="out" in="SourceGraphic"/></filter><rect width="${width}" height="${height}" fill="${tone}" opacity="${n(between(random, 0.15, 0.6))}" filter="url(#grain)"/>`;
}

function shelf({ random, width, height, paint }: Scene): string {
  const wood = chance(random, 0.5) ? '#7a5230' : paint();
  const rows = 2 + random.int(3);
  const left = between(random, -0.2, 0.6) * width;
  const right = left + between(random, 0.4, 1.2) * width;
  const gap = height / rows;
  const parts = [`<rect x="${n(left)}" width="${n(right - left)}" height="${height}" fill="${shade(wood, -0.5)}"/>`];
  for (let row = 1; row <= rows; row++) {
    const bottom = row * gap;
    for (let x = left; x < right; ) {
      const w = between(random, 0.02, 0.07) * width;
      const h = between(random, 0.45, 0.85) * gap;
      if (chance(random, 0.85)) {
        parts.push(
          `<rect x="${n(x)}" y="${n(bottom - h)}" width="${n(w * 0.92)}" height="${n(h)}" fill="${paint()}"/>`,
        );
      }
      x += w;
    }
    parts.push(
      `<rect x="${n(left)}" y="${n(bottom - 0.02 * height)}" width="${n(right - left)}" height="${n(0.03 * height)}" fill="${wood}"/>`,
    );
  }
  return parts.join('');
}

function window({ random, width, height }: Scene): string {
  const w = between(random, 0.3, 0.7) * width;
  const h = between(random, 0.3, 0.7) * height;
  const x = between(random, -0.2, 0.7) * width;
  const y = between(random, -0.1, 0.3) * height;
  const sky = pick(random, ['#cfe4f5', '#9ec3e8', '#f6f3e4', '#28324a', '#e9c9a8']);
  const frame = anyColour(random, 0.2);
  const hill = `<path d="M${n(x)} ${n(y + h)} v${n(-h * 0.3)} q${n(w * 0.3)} ${n(-h * between(random, 0, 0.4))} ${n(w * 0.6)} 0 t${n(w * 0.4)} 0 V${n(y + h)} z" fill="#5d7d4a"/>`;
  const bar = n(0.03 * width);
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${sky}"/>${hill}<path d="M${n(x)} ${n(y)} h${n(w)} v${n(h)} h${n(-w)} z M${n(x + w / 2)} ${n(y)} v${n(h)} M${n(x)} ${n(y + h / 2)} h${n(w)}" fill="none" stroke="${frame}" stroke-width="${bar}"/>`;
}

function curtain({ random, width, height, paint }: Scene, index: number): string {
  const id = `curtain${index}`;
  const x = between(random, -0.2, 0.8) * width;
  const w = between(random, 0.2, 0.6) * width;
  const cloth = paint();
  const folds = Array.from({ length: 5 }, (_, i) => {
    const at = x + ((i + between(random, 0.2, 0.8)) * w) / 5;
    return `<rect x="${n(at)}" width="${n(w * 0.07)}" height="${height}" fill="${shade(cloth, -0.6)}" opacity="0.35"/>`;
  });
  return `<defs>${fabric(random, id, cloth, width * 0.1)}</defs><rect x="${n(x)}" width="${n(w)}" height="${height}" fill="${chance(random, 0.6) ? `url(#${id})` : cloth}"/>${folds.join('')}`;
}

function plants({ random, width, height, paint }: Scene): string {
  const leaf = chance(random, 0.7) ? near(random, '#3f6b35', 0.12) : paint();
  const x = between(random, 0, 1) * width;
  const y = between(random, 0.4, 1) * height;
  const leaves = Array.from({ length: 9 + random.int(12) }, () => {
    const angle = between(random, -170, -10);
    const length = between(random, 0.12, 0.4) * height;
    return `<ellipse cx="${n(length / 2)}" rx="${n(length / 2)}" ry="${n(length * between(random, 0.06, 0.2))}" fill="${shade(leaf, between(random, -0.4, 0.3))}" transform="translate(${n(x)} ${n(y)}) rotate(${n(angle)})"/>`;
  });
  const pot = `<rect x="${n(x - 0.07 * width)}" y="${n(y)}" width="${n(0.14 * width)}" height="${n(0.2 * height)}" fill="${paint()}"/>`;
  return leaves.join('') + pot;
}

function posters({ random, width, height, paint }: Scene): string {
  return Array.from({ length: 1 + random.int(4) }, () => {
    const w = between(random, 0.12, 0.4) * width;
    const h = w * between(random, 0.6, 1.5);
    const x = between(random, -0.1, 0.9) * width;
    const y = between(random, -0.1, 0.6) * height;
    const spot = `<ellipse cx="${n(x + w / 2)}" cy="${n(y + h * between(random, 0.3, 0.7))}" rx="${n(w * between(random, 0.15, 0.4))}" ry="${n(h * between(random, 0.1, 0.4))}" fill="${paint()}"/>`;
    return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${paint()}" stroke="${anyColour(random, 0.3)}" stroke-width="${n(w * 0.06)}"/>${spot}`;
  }).join('');
}

function pillars({ random, width, height, paint }: Scene): string {
  const colour = paint();
  const w = between(random, 0.06, 0.25) * width;
  return Array.from({ length: 1 + random.int(3) }, () => {
    const x = between(random, -0.05, 0.95) * width;
    return `<rect x="${n(x)}" width="${n(w)}" height="${height}" fill="${colour}"/><rect x="${n(x + w * 0.65)}" width="${n(w * 0.35)}" height="${height}" fill="${shade(colour, -0.4)}" opacity="0.6"/>`;
  }).join('');
}

function lamps({ random, width, height }: Scene): string {
  return Array.from({ length: 2 + random.int(7) }, () => {
    const r = between(random, 0.02, 0.09) * width;
    return `<circle cx="${n(random.uniform() * width)}" cy="${n(random.uniform() * height * 0.7)}" r="${n(r)}" fill="${pick(random, ['#fff3c9', '#ffd9a0', '#ffffff', '#bfe0ff', '#ff9d7a'])}" opacity="${n(between(random, 0.4, 0.95))}"/>`;
  }).join('');
}

function outdoors({ random, width, height }: Scene): string {
  const horizon = between(random, 0.35, 0.8) * height;
  const ground = pick(random, ['#6f8f4f', '#8c8375', '#c9b48a', '#4d5a63', '#d8dde2']);
  const houses = Array.from({ length: 3 + random.int(5) }, () => {
    const h = between(random, 0.08, 0.5) * height;
    const w = between(random, 0.1, 0.3) * width;
    return `<rect x="${n(between(random, -0.1, 1) * width)}" y="${n(horizon - h)}" width="${n(w)}" height="${n(h)}" fill="${anyColour(random, 0.35)}"/>`;
  });
  const trees = Array.from({ length: random.int(6) }, () => {
    const r = between(random, 0.06, 0.16) * width;
    return `<circle cx="${n(random.uniform() * width)}" cy="${n(horizon - r)}" r="${n(r)}" fill="${near(random, '#46663a', 0.1)}"/>`;
  });
  const sky = pick(random, ['#a9c9ea', '#dfe8ee', '#f0d3b0', '#7d8ba0']);
  return `<rect width="${width}" height="${height}" fill="${sky}"/>${houses.join('')}${trees.join('')}<rect y="${n(horizon)}" width="${width}" height="${height}" fill="${ground}"/>`;
}

/** Rounded things in any colour, often skin, hair or cloth: cushions, balls, vases, a chair's back. */
function blobs({ random, width, height, paint }: Scene): string {
  return Array.from({ length: 1 + random.int(5) }, () => {
    const rx = between(random, 0.05, 0.25) * width;
    const ry = rx * between(random, 0.5, 1.8);
    const colour = paint();
    const x = random.uniform() * width;
    const y = between(random, 0.1, 1.05) * height;
    const round = chance(random, 0.6) ? rx : rx * 0.3;
    const glint = `<ellipse cx="${n(x - rx * 0.3)}" cy="${n(y - ry * 0.35)}" rx="${n(rx * 0.4)}" ry="${n(ry * 0.35)}" fill="${shade(colour, 0.5)}" opacity="0.4"/>`;
    return `<rect x="${n(x - rx)}" y="${n(y - ry)}" width="${n(2 * rx)}" height="${n(2 * ry)}" rx="${n(round)}" fill="${colour}" transform="rotate(${n(between(random, -30, 30))} ${n(x)} ${n(y)})"/>${glint}`;
  }).join('');
}
