// Text from a result made harmless in GitHub's Markdown: a result can come from a fork, so that nothing in it may become markup, a link, a mention,
// a reference to an issue, or a comment's hidden marker. Where entities stand, Markdown sees no structure (CommonMark 0.31, 2.5).

/** Longest name or short value that is printed, in characters. */
const maxName = 100;
/** Longest sentence that is printed, in characters. */
const maxSentence = 600;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\\': '&#92;',
  '`': '&#96;',
  '*': '&#42;',
  _: '&#95;',
  '~': '&#126;',
  '[': '&#91;',
  ']': '&#93;',
  $: '&#36;',
  '\u200b': '&#8203;',
};

/** GitHub looks for mentions, references and addresses after entities are decoded: only a character between breaks them; this one has no width. */
const gap = '\u200b';

/** A name or short value on one line. Pipes are left to `table`. */
export function escapeName(text: string): string {
  return harmless(text, maxName);
}

/** A sentence on one line. */
export function escapeSentence(text: string): string {
  return harmless(text, maxSentence);
}

/** A name as a code span where it holds nothing that could end one, else escaped. */
export function codeName(text: string): string {
  return text.length <= maxName && /^[\w.+-]+(?: [\w.+-]+)*$/.test(text) ? `\`${text}\`` : escapeName(text);
}

/** What is left of a name in a Mermaid string: letters, digits and what names are usually written with. */
export function mermaidName(text: string): string {
  return clip(text.replaceAll(/[^A-Za-z0-9 ._+()/-]+/g, ' ').trim(), 40);
}

function harmless(text: string, length: number): string {
  // Line breaks and other controls end a line or a cell; format characters (direction, joiners, tags) and lone surrogates hide text.
  const line = text
    .slice(0, 4 * length)
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .trim();
  return clip(line, length)
    .replaceAll(/@|#(?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, (start) => start + gap)
    .replaceAll(/[&<>\\`*_~[\]$\u200b]/g, (character) => entities[character]!);
}

function clip(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
