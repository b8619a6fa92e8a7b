// Elements from plain calls. Text becomes text nodes and nothing else, so that nothing in a result can be markup.

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An HTML element. `false` and undefined attributes are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A section with its heading, which names it for screen readers. */
export function section(id: string, heading: string, ...children: readonly Child[]): HTMLElement {
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, heading), ...children);
}

/** A table that scrolls sideways on narrow screens; the first column names the rows. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'hidden' }, caption),
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
      h(
        'tbody',
        {},
        ...rows.map(([name = '', ...cells]) =>
          h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map((text) => h('td', {}, text))),
        ),
      ),
    ),
  );
}

export const percent = (share: number | undefined): string =>
  share === undefined ? '-' : `${(100 * share).toFixed(2)} %`;
export const milliseconds = (ms: number | undefined): string => (ms === undefined ? '-' : `${ms.toFixed(2)} ms`);
export const millions = (count: number | undefined): string =>
  count === undefined ? '-' : `${(count / 1e6).toFixed(2)} M`;
