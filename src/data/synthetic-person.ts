// A person-like figure as an SVG layer on nothing: body and clothes here, hair and headgear in synthetic-hair.ts.
// Lengths are in half head widths, the head's centre is the origin, y points down: chin at 1.3, shoulders at about 2.2.
import type { Random } from '../base/random.ts';
import { drawHair } from './synthetic-hair.ts';
import { anyColour, between, chance, fabric, n, type Palette, pick, shade } from './synthetic-palette.ts';

const skins = ['#f6d7c3', '#eec1a2', '#e0ac87', '#c98f66', '#a86f49', '#845235', '#623a26', '#43281b'];
const hairs = [
  '#1b1512',
  '#2f211a',
  '#4a2f20',
  '#6d4527',
  '#97683a',
  '#c79f60',
  '#e3cd97',
  '#8d8a86',
  '#d6d4d0',
  '#9c4526',
  '#b5302f',
  '#39507a',
];

/** What the parts of the figure have in common. */
export interface Figure extends Palette {
  readonly random: Random;
  /** Half width of the shoulders. */
  readonly shoulder: number;
  /** Half width of the neck. */
  readonly neck: number;
  /** Sideways shift of the features as the head turns, -0.3 to 0.3. */
  readonly turn: number;
}

/**
 * Draws a person on a transparent layer of width x height.
 * @returns the SVG, its colours, and the chin's y in pixels
 */
export function drawPerson(
  random: Random,
  width: number,
  height: number,
): { svg: string; palette: Palette; chinY: number } {
  const figure: Figure = {
    random,
    skin: pick(random, skins),
    hair: pick(random, hairs),
    cloth: anyColour(random),
    shoulder: between(random, 1.9, 2.9),
    neck: between(random, 0.45, 0.68),
    turn: between(random, -0.3, 0.3),
  };
  // Near, usual and far; the closest ones lose their crown and the farthest show the waist.
  const share = pick(random, [
    between(random, 0.09, 0.13),
    between(random, 0.13, 0.19),
    between(random, 0.13, 0.19),
    between(random, 0.19, 0.28),
  ]);
  const unit = share * Math.min(width, height);
  const x = between(random, 0.32, 0.68) * width;
  const y = Math.max(between(random, 0.24, 0.5) * height, unit * 0.9);
  const lean = between(random, -7, 7);
  const tilt = between(random, -13, 13);

  const { back, front } = drawHair(figure);
  const head = (content: string): string => `<g transform="rotate(${n(tilt)} 0 1.3)">${content}</g>`;
  const body = [
    head(back),
    drawTorso(figure),
    head(drawHead(figure) + front + (chance(random, 0.22) ? drawGlasses(figure) : '')),
    chance(random, 0.18) ? drawRaisedArm(figure) : '',
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${fabric(random, 'cloth', figure.cloth, 0.5)}${faceLight(figure)}</defs><g transform="translate(${n(x)} ${n(y)}) rotate(${n(lean)}) scale(${n(unit)})" stroke-linecap="round" stroke-linejoin="round">${body.join('')}</g></svg>`;
  const { skin, hair, cloth } = figure;
  return { svg, palette: { skin, hair, cloth }, chinY: y + 1.3 * unit };
}

function faceLight({ random, skin }: Figure): string {
  const side = between(random, 0.2, 0.8);
  const depth = between(random, 0.15, 0.5);
  return `<radialGradient id="face" cx="${n(side)}" cy="0.4" r="0.75"><stop offset="0.2" stop-color="${shade(skin, 0.1)}"/><stop offset="1" stop-color="${shade(skin, -depth)}"/></radialGradient><linearGradient id="fold" x1="${side < 0.5 ? 0 : 1}" x2="${side < 0.5 ? 1 : 0}"><stop offset="0.1" stop-color="#fff" stop-opacity="0.12"/><stop offset="1" stop-color="#000" stop-opacity="${n(depth)}"/></linearGradient>`;
}

function drawTorso(figure: Figure): string {
  const { random, cloth, shoulder: s, neck } = figure;
  const slope = between(random, 1.75, 2.25);
  const hip = s * between(random, 0.85, 1.15);
  // Off the neck, over the shoulder, down the upper arm.
  const side = (k: 1 | -1): string =>
    k > 0
      ? `C${n(neck)} 1.8 ${n(s * 0.5)} ${n(slope - 0.15)} ${n(s * 0.75)} ${n(slope + 0.1)} C${n(s)} ${n(slope + 0.3)} ${n(s * 1.05)} ${n(slope + 1)} ${n(s * 1.1)} ${n(slope + 2.4)} L${n(hip)} 16`
      : `L${n(-hip)} 16 L${n(-s * 1.1)} ${n(slope + 2.4)} C${n(-s * 1.05)} ${n(slope + 1)} ${n(-s)} ${n(slope + 0.3)} ${n(-s * 0.75)} ${n(slope + 0.1)} C${n(-s * 0.5)} ${n(slope - 0.15)} ${n(-neck)} 1.8 ${n(-neck)} 1.35`;
  const outline = `M${n(-neck)} 1.35 L${n(neck)} 1.35 ${side(1)} ${side(-1)} z`;
  const fill = chance(random, 0.45) ? 'url(#cloth)' : cloth;
  const sleeves = [-1, 1]
    .map(
      (k) =>
        `<path d="M${n(k * s * 0.72)} ${n(slope + 1.1)} L${n(k * s * 0.8)} 8" stroke="${shade(cloth, -0.5)}" stroke-width="0.06" opacity="0.6"/>`,
    )
    .join('');
  return [
    `<path d="${outline}" fill="${fill}"/>`,
    sleeves,
    drawNeckline(figure, slope),
    `<path d="${outline}" fill="url(#fold)"/>`,
  ].join('');
}

function drawNeckline({ random, cloth, skin, shoulder, neck }: Figure, slope: number): string {
  const throat = (depth: number, half: number): string =>
    `<path d="M${n(-neck)} 0.6 L${n(neck)} 0.6 L${n(neck)} 1.5 Q${n(neck)} 1.75 ${n(half)} ${n(slope - 0.2)} Q0 ${n(depth)} ${n(-half)} ${n(slope - 0.2)} Q${n(-neck)} 1.75 ${n(-neck)} 1.5 z" fill="${shade(skin, -0.15)}"/>`;
  const trim = shade(cloth, between(random, -0.5, 0.5));
  const round = throat(between(random, 2.1, 2.9), neck * between(random, 1.05, 1.4));
  switch (pick(random, ['round', 'vee', 'collar', 'hood', 'jacket', 'straps', 'turtleneck'] as const)) {
    case 'round':
      return `${round}<path d="M${n(-neck * 1.2)} ${n(slope - 0.2)} Q0 2.7 ${n(neck * 1.2)} ${n(slope - 0.2)}" fill="none" stroke="${trim}" stroke-width="0.12"/>`;
    case 'vee':
      return `${round}<path d="M${n(-neck * 1.1)} ${n(slope - 0.25)} L0 3 L${n(neck * 1.1)} ${n(slope - 0.25)} z" fill="${shade(skin, -0.08)}"/>`;
    case 'collar': {
      const wing = (k: number): string =>
        `<path d="M${n(k * neck)} 1.45 L0 2.35 L${n(k * 0.75)} 2.75 L${n(k * neck * 1.5)} 1.75 z" fill="${shade(cloth, 0.25)}" stroke="${shade(cloth, -0.4)}" stroke-width="0.04"/>`;
      const tie = chance(random, 0.5)
        ? `<path d="M-0.2 2.4 L0.2 2.4 L0.35 5 L0 5.5 L-0.35 5 z" fill="${anyColour(random)}"/>`
        : '';
      return `${throat(2.4, neck)}<path d="M0 2.3 V9" stroke="${shade(cloth, -0.4)}" stroke-width="0.05"/>${tie}${wing(-1)}${wing(1)}`;
    }
    case 'hood':
      return `<path d="M${n(-neck * 1.9)} ${n(slope + 0.1)} Q${n(-neck * 1.7)} 1.2 0 1.2 Q${n(neck * 1.7)} 1.2 ${n(neck * 1.9)} ${n(slope + 0.1)} Q0 3.3 ${n(-neck * 1.9)} ${n(slope + 0.1)} z" fill="${shade(cloth, -0.3)}"/>${throat(2.5, neck)}`;
    case 'jacket':
      return `<path d="M${n(-neck * 1.2)} 1.7 L${n(-shoulder * 0.2)} 9 L${n(shoulder * 0.2)} 9 L${n(neck * 1.2)} 1.7 z" fill="${anyColour(random)}"/>${throat(2.4, neck)}<path d="M${n(-neck * 1.2)} 1.7 L${n(-shoulder * 0.42)} 3.6 L0 6 M${n(neck * 1.2)} 1.7 L${n(shoulder * 0.42)} 3.6 L0 6" fill="none" stroke="${trim}" stroke-width="0.2"/>`;
    case 'straps':
      return `${round}<path d="M${n(-shoulder * 0.72)} ${n(slope + 0.1)} Q0 ${n(slope + 2.4)} ${n(shoulder * 0.72)} ${n(slope + 0.1)} L${n(neck)} 1.75 L${n(-neck)} 1.75 z" fill="${shade(skin, -0.05)}"/><path d="M${n(-shoulder * 0.5)} ${n(slope)} L${n(-shoulder * 0.4)} 3.6 M${n(shoulder * 0.5)} ${n(slope)} L${n(shoulder * 0.4)} 3.6" stroke="${cloth}" stroke-width="0.22"/>`;
    case 'turtleneck':
      return `${throat(2, neck)}<rect x="${n(-neck * 1.1)}" y="1.25" width="${n(neck * 2.2)}" height="0.75" rx="0.2" fill="${trim}"/>`;
  }
}

function drawHead({ random, skin, hair, turn }: Figure): string {
  const jaw = between(random, 0.45, 0.72);
  const chin = between(random, 1.22, 1.38);
  const ear = (k: number): string =>
    k * turn > 0.2
      ? ''
      : `<ellipse cx="${n(k * 1.0)}" cy="0.08" rx="0.17" ry="0.3" fill="${shade(skin, -0.12)}"/><path d="M${n(k * 1.02)} -0.08 q${n(k * 0.08)} 0.15 0 0.3" stroke="${shade(skin, -0.4)}" stroke-width="0.04" fill="none"/>`;
  const outline = `M0 -1.3 C0.72 -1.3 1 -0.8 1 -0.15 C1 0.45 0.9 0.8 ${n(jaw)} ${n(chin - 0.15)} Q0 ${n(chin + 0.12)} ${n(-jaw)} ${n(chin - 0.15)} C-0.9 0.8 -1 0.45 -1 -0.15 C-1 -0.8 -0.72 -1.3 0 -1.3 z`;
  return [
    ear(-1),
    ear(1),
    `<path d="${outline}" fill="url(#face)"/>`,
    drawFeatures(random, skin, hair, turn),
    chance(random, 0.22) ? drawBeard(random, hair, turn, jaw, chin) : '',
  ].join('');
}

function drawFeatures(random: Random, skin: string, hair: string, turn: number): string {
  const apart = between(random, 0.36, 0.46);
  const open = between(random, 0.05, 0.12);
  const iris = pick(random, ['#3b2418', '#5a3a20', '#3d5f7a', '#4f6b45', '#22201f']);
  const raise = between(random, -0.05, 0.05);
  const eye = (k: number): string => {
    const x = k * apart + turn;
    return `<ellipse cx="${n(x)}" cy="-0.05" rx="0.17" ry="${n(open)}" fill="#f4f1ec"/><circle cx="${n(x + turn * 0.15)}" cy="-0.05" r="${n(Math.min(0.09, open))}" fill="${iris}"/><path d="M${n(x - 0.19)} -0.06 Q${n(x)} ${n(-0.1 - open)} ${n(x + 0.19)} -0.06" stroke="${shade(skin, -0.6)}" stroke-width="0.05" fill="none"/><path d="M${n(x - 0.24)} ${n(-0.3 + k * raise)} Q${n(x)} ${n(-0.42 + raise)} ${n(x + 0.24)} ${n(-0.3 - k * raise)}" stroke="${shade(hair, -0.2)}" stroke-width="${n(between(random, 0.05, 0.11))}" fill="none"/>`;
  };
  const smile = between(random, -0.06, 0.2);
  const half = between(random, 0.24, 0.42);
  const lip = chance(random, 0.35) ? pick(random, ['#a8322f', '#c25a5a', '#8b2a3a']) : shade(skin, -0.35);
  const mouth = chance(random, 0.25)
    ? `<path d="M${n(turn - half)} 0.68 Q${n(turn)} ${n(0.72 + smile * 2.2)} ${n(turn + half)} 0.68 Q${n(turn)} 0.72 ${n(turn - half)} 0.68 z" fill="#f5f2ee" stroke="${lip}" stroke-width="0.07"/>`
    : `<path d="M${n(turn - half)} 0.72 Q${n(turn)} ${n(0.72 + smile)} ${n(turn + half)} 0.72" stroke="${lip}" stroke-width="${n(between(random, 0.06, 0.13))}" fill="none"/>`;
  const nose = `<path d="M${n(turn * 1.1)} -0.05 L${n(turn * 1.4 + 0.1 * Math.sign(turn))} 0.36 Q${n(turn * 1.3)} 0.46 ${n(turn - 0.12)} 0.4" stroke="${shade(skin, -0.35)}" stroke-width="0.06" fill="none"/>`;
  const cheeks = [-1, 1]
    .map((k) => `<circle cx="${n(k * 0.5 + turn * 0.7)}" cy="0.4" r="0.2" fill="#d0544a" opacity="0.13"/>`)
    .join('');
  return eye(-1) + eye(1) + nose + cheeks + mouth;
}

function drawBeard(random: Random, hair: string, turn: number, jaw: number, chin: number): string {
  const opacity = n(between(random, 0.35, 1));
  if (chance(random, 0.35)) {
    return `<path d="M${n(turn - 0.35)} 0.62 Q${n(turn)} 0.42 ${n(turn + 0.35)} 0.62" stroke="${hair}" stroke-width="0.14" fill="none" opacity="${opacity}"/>`;
  }
  // May hang below the chin, which then belongs to the person.
  const length = chin + between(random, -0.02, 0.5);
  return `<path d="M-0.96 0.1 Q-0.9 0.55 -0.5 0.55 Q0 0.4 0.5 0.55 Q0.9 0.55 0.96 0.1 Q0.97 0.75 ${n(jaw)} ${n(chin - 0.05)} Q0 ${n(length + 0.25)} ${n(-jaw)} ${n(chin - 0.05)} Q-0.97 0.75 -0.96 0.1 z M${n(turn - 0.25)} 0.72 Q${n(turn)} 0.84 ${n(turn + 0.25)} 0.72 Q${n(turn)} 0.64 ${n(turn - 0.25)} 0.72 z" fill="${hair}" fill-rule="evenodd" fill-opacity="${opacity}"/>`;
}

function drawGlasses({ random, turn }: Figure): string {
  const frame = pick(random, ['#111111', '#4a2c1a', '#8a8f96', '#7a1f2b', '#d5b46a']);
  const lens = chance(random, 0.3) ? 'fill="#1a1d22" fill-opacity="0.88"' : 'fill="#dfe9f2" fill-opacity="0.18"';
  const round = n(between(random, 0.05, 0.26));
  const glass = (k: number): string =>
    `<rect x="${n(k * 0.42 + turn - 0.31)}" y="-0.3" width="0.62" height="0.52" rx="${round}" ${lens} stroke="${frame}" stroke-width="0.07"/>`;
  return `${glass(-1)}${glass(1)}<path d="M${n(turn - 0.11)} -0.06 h0.22 M${n(turn - 0.73)} -0.1 L-0.97 -0.02 M${n(turn + 0.73)} -0.1 L0.97 -0.02" stroke="${frame}" stroke-width="0.07"/>`;
}

function drawRaisedArm({ random, cloth, skin, shoulder }: Figure): string {
  const k = chance(random, 0.5) ? 1 : -1;
  const elbow = [k * shoulder * between(random, 1.15, 1.5), between(random, 3.2, 4.6)] as const;
  const hand = [k * between(random, 1.3, 2.8), between(random, -1.2, 1.2)] as const;
  const bare = chance(random, 0.4);
  const upper = `<path d="M${n(k * shoulder * 0.8)} 2.7 L${n(elbow[0])} ${n(elbow[1])}" stroke="${shade(cloth, -0.12)}" stroke-width="0.95"/>`;
  const fore = `<path d="M${n(elbow[0])} ${n(elbow[1])} L${n(hand[0])} ${n(hand[1] + 0.35)}" stroke="${bare ? shade(skin, -0.12) : shade(cloth, -0.2)}" stroke-width="0.68"/>`;
  const fingers = [-0.3, -0.1, 0.1, 0.3]
    .map(
      (dx) =>
        `<path d="M${n(hand[0] + dx * 0.8)} ${n(hand[1])} l${n(dx * 0.6)} ${n(-between(random, 0.4, 0.62))}" stroke="${skin}" stroke-width="0.17"/>`,
    )
    .join('');
  return `${upper}${fore}<ellipse cx="${n(hand[0])}" cy="${n(hand[1] + 0.12)}" rx="0.36" ry="0.42" fill="${skin}"/>${fingers}<path d="M${n(hand[0] - k * 0.25)} ${n(hand[1] + 0.2)} l${n(-k * 0.3)} -0.28" stroke="${skin}" stroke-width="0.18"/>`;
}
