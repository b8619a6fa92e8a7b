// Successive halving as a game of known outcome.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRound, roundEpochs } from '../../src/nas/halving.ts';

interface Player {
  readonly name: number;
  readonly scores: number[];
}

/** Plays all rounds, every network scoring the same in each. @returns names in the order of their trainings, and rounds played */
function play(strengths: readonly number[], rounds: number): { trained: number[][]; players: Player[] } {
  const players: Player[] = strengths.map((_, name) => ({ name, scores: [] }));
  const trained: number[][] = [];
  for (;;) {
    const open = openRound(players, ({ scores }) => scores, rounds);
    if (!open) return { trained, players };
    // One at a time, as an interrupted run would go on.
    const [next] = open.left;
    trained[open.round] = [...(trained[open.round] ?? []), next!.name];
    next!.scores.push(strengths[next!.name]!);
  }
}

test('each round has the better half of the one before, whatever their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      (strengths, rounds) => {
        const { trained } = play(strengths, rounds);
        const ranked = strengths.map((_, name) => name).sort((a, b) => strengths[b]! - strengths[a]!);
        let size = strengths.length;
        for (const [round, names] of trained.entries()) {
          expect(new Set(names)).toEqual(new Set(ranked.slice(0, size)));
          expect(round === 0 || size > 1).toBe(true);
          size = Math.ceil(size / 2);
        }
      },
    ),
  );
});

test('a network that fell behind in a later round does not bring back one that was out', () => {
  const scores = [[0.9, 0.1], [0.8, 0.2], [0.7], [0.6]];
  expect(openRound(scores, (own) => own, 2)).toBeUndefined();
  // The winner is known: the rounds that are left would train it alone.
  expect(openRound(scores, (own) => own, 3)).toBeUndefined();
});

test('epochs double from round to round up to the last', () => {
  expect(roundEpochs(1, 25)).toEqual([25]);
  expect(roundEpochs(3, 24)).toEqual([6, 12, 24]);
  expect(roundEpochs(3, 25)).toEqual([6, 13, 25]);
});
