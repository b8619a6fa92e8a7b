import { expect, test } from 'vitest';
import { personMap } from '../../src/lib/mask-output.ts';

test('probabilities of a softmax stay probabilities where rounding leaves their sum below 1, or a resize below 0', () => {
  const map = { classes: 3, height: 1, width: 3, classStride: 3, pixelStride: 1 };
  const rounded = [0.95, 0.02, 0, /**/ 0.01, 0.97, 0, /**/ 0, -0.01, 1];
  const person = { kind: 'softmax', person: 1 } as const;
  const [background, other, none] = personMap(rounded, { map, meaning: { ...person, normalized: true } });
  expect([background, other, none]).toEqual([expect.closeTo(0.01 / 0.96), expect.closeTo(0.97 / 0.99), 0]);
  // Of values that nothing is known of, the same sum says that they are logits.
  expect(personMap(rounded, { map, meaning: person })[1]).toBeCloseTo(1 / (1 + Math.exp(0.02 - 0.97)));
});
