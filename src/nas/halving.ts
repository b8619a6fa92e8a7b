// Successive halving (Jamieson and Talwalkar, AISTATS 2016): many networks are trained a little, the better half of them twice as long, and so on.

/** Epochs that a network has had by the end of each round: they double from one to the next. @param epochs by the end of the last */
export const roundEpochs = (rounds: number, epochs: number): number[] =>
  Array.from({ length: rounds }, (_, round) => Math.max(1, Math.round(epochs / 2 ** (rounds - 1 - round))));

/**
 * The first round that is not over, and which of its networks it still waits for.
 * @param scoresOf the scores of a network, one for each round that it has had
 * @returns undefined where all rounds are over, or one network is left
 */
export function openRound<T>(
  entrants: readonly T[],
  scoresOf: (one: T) => readonly number[],
  rounds: number,
): { readonly round: number; readonly left: readonly T[] } | undefined {
  let players = entrants;
  for (let round = 0; round < rounds; round++) {
    if (round > 0 && players.length === 1) return undefined;
    const left = players.filter((one) => scoresOf(one).length <= round);
    if (left.length > 0) return { round, left };
    const ranked = [...players].sort((a, b) => scoresOf(b)[round]! - scoresOf(a)[round]!);
    players = ranked.slice(0, Math.ceil(players.length / 2));
  }
  return undefined;
}
