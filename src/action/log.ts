// What the Action writes to the job's log. The runner takes lines there for commands, so that the names of files, branches and networks, which
// whoever opens a pull request chooses, must not begin one.

/** `::` at the beginning of a line begins a command, `##[` anywhere in it one of the old form. */
const neutral = (text: string): string => text.replaceAll(/^([^\S\n]*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');

/** Writes lines to the log. */
export function say(text: string): void {
  process.stdout.write(`${neutral(text)}\n`);
}

/** The log as a stream for progress. */
export const log = {
  write: (text: string): boolean => process.stdout.write(neutral(text.replaceAll('\r', '\n'))),
};
