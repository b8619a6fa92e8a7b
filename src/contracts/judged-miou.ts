// Apart from result.ts, so that the report page takes it without the readers of files.
import type { ResultBudget, ResultNetwork } from './result.ts';

/** The mIoU that comparisons and budgets judge: the mean over seeds. */
export const judgedMiou = ({ miou, seeds }: Pick<ResultNetwork, 'miou' | 'seeds'> = {}): number | undefined =>
  seeds?.mean ?? miou;

/** Whether a budget on mIoU is open because too few images were scored: the interval is then the whole range. */
export const isOfFewImages = ({ name, met, interval }: ResultBudget): boolean =>
  name === 'min-miou' && met === null && interval?.[0] === 0 && interval[1] === 1;
