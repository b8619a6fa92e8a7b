// The photos that head does worst and best on: the true mask left of the slider, what the network saw right of it.
import type { PageData, PagePhotos } from '../contracts/page.ts';
import { h, percent, section } from './dom.ts';

const titles = { worst: 'Worst photos', best: 'Best photos' } as const;

export function photos({ photos: all = [] }: PageData): HTMLElement | undefined {
  if (all.length === 0) return undefined;
  const groups = (['worst', 'best'] as const).flatMap((group) => {
    const own = all.filter((one) => one.group === group);
    return own.length === 0 ? [] : [h('h3', {}, titles[group]), h('div', { class: 'photos' }, ...own.map(figure))];
  });
  return section(
    'photos',
    'Photos',
    h(
      'p',
      {},
      'Left of the slider the ',
      h('span', { class: 'truth' }, 'true mask'),
      ', right of it the ',
      h('span', { class: 'prediction' }, 'prediction'),
      '. Gray: not labeled.',
    ),
    ...groups,
  );
}

function figure({ id, miou, personIou, width, height, photo, truth, prediction }: PagePhotos[number]): HTMLElement {
  const layer = (src: string, name: string): HTMLImageElement => h('img', { src, class: name, alt: '', width, height });
  const stage = h(
    'div',
    { class: 'stage' },
    h('img', { src: photo, alt: `Photo ${id}`, width, height }),
    layer(truth, 'layer left'),
    layer(prediction, 'layer right'),
    h('span', { class: 'handle', 'aria-hidden': 'true' }),
  );
  const slider = h('input', { type: 'range', min: 0, max: 100, value: 50, 'aria-label': `True mask of ${id}, share` });
  const move = (): void => {
    stage.style.setProperty('--share', `${slider.value}%`);
    slider.setAttribute('aria-valuetext', `${slider.value} % true mask, ${100 - Number(slider.value)} % prediction`);
  };
  slider.addEventListener('input', move);
  // On the photo itself, for those with a pointer.
  const follow = ({ clientX, buttons, pointerType }: PointerEvent): void => {
    if (pointerType === 'mouse' && buttons === 0) return;
    const { left, width: shown } = stage.getBoundingClientRect();
    slider.value = String(Math.round((100 * (clientX - left)) / shown));
    move();
  };
  stage.addEventListener('pointerdown', follow);
  stage.addEventListener('pointermove', follow);
  move();
  return h(
    'figure',
    {},
    stage,
    slider,
    h('figcaption', {}, `${id}: mIoU ${percent(miou)}, person ${percent(personIou)}`),
  );
}
