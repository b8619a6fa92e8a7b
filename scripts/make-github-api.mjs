// Makes fixtures/github-api.json again: from GitHub's published OpenAPI description, the calls that the Action makes, with references resolved and without
// prose and examples. The package is 400 MB, so it is fetched for this and not installed:
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz && node scripts/make-github-api.mjs package
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = 'package'] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const description = JSON.parse(readFileSync(join(folder, 'generated/api.github.com.deref.json'), 'utf8'));

const calls = {
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/pulls': ['get'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels': ['get'],
  '/repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['get'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/contents/{path}': ['get', 'put'],
  '/repos/{owner}/{repo}/git/blobs/{file_sha}': ['get'],
  '/repos/{owner}/{repo}/git/trees': ['post'],
  '/repos/{owner}/{repo}/git/commits': ['post'],
  '/repos/{owner}/{repo}/git/refs': ['post'],
};

/** Keys that say nothing about what is valid; under `properties` a key is a field's name. */
const prose = new Set(['description', 'example', 'examples', 'summary', 'externalDocs', 'x-github', 'title', 'tags']);

function withoutProse(value, namesFields = false) {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => namesFields || !prose.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutProse(item, key === 'properties' && !namesFields)]));
}

const paths = Object.fromEntries(
  Object.entries(calls).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, withoutProse(description.paths[path][method])])),
  ]),
);
const source = `@octokit/openapi ${version}, generated/api.github.com.deref.json`;
writeFileSync('fixtures/github-api.json', `${JSON.stringify({ source, openapi: description.openapi, paths })}\n`);
