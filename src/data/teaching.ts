// What teachers say of a photo, mixed into what its mask says: one soft target for both.

import sharp from 'sharp';
import type { Labels, Teaching } from './images.ts';

/**
 * Labels with the teachers' part: cross-entropy to the mixed target is the mix of the cross-entropies to the mask and to the teachers
 * (Hinton et al. 2015, at temperature 1).
 * @throws Error when a map cannot be decoded
 */
export async function teach(
  labels: Labels,
  { width, height }: { readonly width: number; readonly height: number },
  { maps, weight }: Teaching,
): Promise<Labels> {
  if (weight === 0) return labels;
  const said = new Float32Array(width * height);
  for (const path of maps) {
    const map = await sharp(path)
      .resize(width, height, { fit: 'fill', kernel: 'linear' })
      .toColorspace('b-w')
      .raw()
      .toBuffer();
    for (let i = 0; i < said.length; i++) said[i]! += map[i]! / maps.length;
  }
  const person = said.map((teacher, i) => {
    const own = (1 - weight) * (labels.labeled[i]! / 255);
    return (own * labels.person[i]! + weight * teacher) / (own + weight);
  });
  return { person: Uint8Array.from(person, Math.round), labeled: new Uint8Array(said.length).fill(255) };
}
