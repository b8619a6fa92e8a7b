// Apart from result.ts, so that the report page takes it without the readers of files.
import type { ResultNetwork } from './result.ts';

/** The mIoU that comparisons and budgets judge: the mean over seeds. */
export const judgedMiou = ({ miou, seeds }: Pick<ResultNetwork, 'miou' | 'seeds'> = {}): number | undefined =>
  seeds?.mean ?? miou;
