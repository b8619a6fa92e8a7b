// Checks that a tag, package.json, the lockfile and CHANGELOG.md name one version, and prints the changelog's text for it, which becomes the notes of
// the release: node scripts/release-notes.mjs vX.Y.Z [folder]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [tag, folder = '.'] = process.argv.slice(2);
const read = (file) => readFileSync(join(folder, file), 'utf8');

/** Ends the release with a sentence that says what to mend. */
function refuse(problem) {
  console.error(`error: ${problem}`);
  process.exit(1);
}

if (!/^v\d+\.\d+\.\d+$/.test(tag ?? '')) refuse(`"${tag ?? ''}" is not a tag of the form vX.Y.Z`);
const version = tag.slice(1);
for (const file of ['package.json', 'package-lock.json', 'dist/native/package.json']) {
  const found = JSON.parse(read(file)).version;
  if (found !== version)
    refuse(`${file} has version ${found}, the tag is ${tag}; set the version, run npm install and npm run build`);
}
if (read('package.json').includes('github.com/OWNER/'))
  refuse('package.json: repository has the placeholder OWNER; npm compares it with the repository that publishes');
const sections = read('CHANGELOG.md').split(/^## /m);
const section = sections.find((text) => text.startsWith(`[${version}]`));
if (!section) refuse(`CHANGELOG.md has no section "## [${version}]"; move the entries of "Unreleased" there`);
const notes = section.slice(section.indexOf('\n')).trim();
if (notes === '') refuse(`CHANGELOG.md says nothing under "## [${version}]"`);
console.log(notes);
