// Elements from plain calls. Text becomes text nodes and nothing else, so that nothing in a result can be markup.

type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An HTML element. `false` and undefined attributes are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element, likewise. */
export function s<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : String(value));
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A section with its heading, which names it for screen readers. */
export function section(id: string, heading: string, ...children: readonly Child[]): HTMLElement {
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, heading), ...children);
}

/** What scrolls sideways on narrow screens, with the keyboard too. */
export function scrolling(label: string, child: Node): HTMLElement {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, child);
}

/** A table; the first column names the rows. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return scrolling(
    caption,
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

/** A list to choose from, with its label; `id` is that of the list. */
export function choice(id: string, name: string, options: readonly (readonly [value: string, text: string])[]) {
  const select = h('select', { id }, ...options.map(([value, text]) => h('option', { value }, text)));
  return { select, element: h('span', {}, h('label', { for: id }, name), ' ', select) };
}

export const percent = (share: number | undefined): string =>
  share === undefined ? '-' : `${(100 * share).toFixed(2)} %`;
export const milliseconds = (ms: number | undefined): string => (ms === undefined ? '-' : `${ms.toFixed(2)} ms`);
export const millions = (count: number | undefined): string =>
  count === undefined ? '-' : `${(count / 1e6).toFixed(2)} M`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
