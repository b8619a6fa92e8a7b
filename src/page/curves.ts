// How the trainings went: the loss and the mIoU of the supernet and of each network, over the share of its steps.
import type { Result } from '../contracts/result.ts';
import { h, section } from './dom.ts';
import { type PlotSeries, plot } from './plot.ts';

type Pair = readonly [step: number, value: number];
interface Training {
  readonly name: string;
  readonly losses: readonly Pair[];
  readonly mious: readonly Pair[];
}

export function trainingCurves({ result }: { readonly result: Result }): HTMLElement | undefined {
  const { supernet, networks } = result;
  const trainings: Training[] = [
    ...(supernet?.curve ? [{ name: 'supernet', ...supernet.curve }] : []),
    ...networks.flatMap(({ name, curve }) => (curve ? [{ name, ...curve }] : [])),
  ].filter(({ losses }) => losses.length > 1);
  if (trainings.length === 0) return undefined;
  const scored = trainings.filter(({ mious }) => mious.length > 1);
  return section(
    'curves',
    'Training',
    h(
      'p',
      { class: 'facts' },
      'Each training from its first step to its last. mIoU is that of the weights at that moment on at most 64 photos that the training does not see; that of the supernet is the mean of two random networks within the limit.',
    ),
    curvePlot(
      'Loss',
      trainings,
      ({ losses }) => losses,
      (value) => value.toFixed(3),
    ),
    scored.length > 0
      ? curvePlot(
          'mIoU',
          scored,
          ({ mious }) => mious.map(([step, miou]) => [step, 100 * miou]),
          (value) => `${value.toFixed(1)} %`,
        )
      : undefined,
  );
}

function curvePlot(
  name: string,
  trainings: readonly Training[],
  pairsOf: (training: Training) => readonly Pair[],
  format: (value: number) => string,
): HTMLElement {
  // Trainings differ in length: each is drawn over the share of its own steps.
  const curves = trainings.map((training) => {
    const pairs = pairsOf(training);
    const last = pairs.at(-1)![0];
    return {
      name: training.name,
      values: new Map(pairs.map(([step, value]) => [Math.round((1000 * step) / last) / 10, value])),
    };
  });
  const xs = [...new Set(curves.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  const series = curves.map(({ name: title, values }): PlotSeries => {
    const known = xs.map((x) => values.get(x) ?? null);
    return { name: title, shape: values.size > 20 ? 'line' : 'joined', values: known };
  });
  return h(
    'div',
    {},
    h('h3', {}, name),
    plot({
      label: `${name} of ${trainings.map((training) => training.name).join(', ')} over the training`,
      x: { name: 'training', format: (value) => `${value.toFixed(0)} %`, values: xs },
      y: { name, format },
      series,
      height: 260,
      include: { x: [0] },
    }),
  );
}
