import { expect, test } from 'vitest';
import { otherForge } from '../../src/action/publish.ts';

test('comments are refused on Forgejo and Gitea, with why, and not on GitHub Enterprise Server', () => {
  expect(otherForge({ FORGEJO_ACTIONS: 'true' })).toContain('no GraphQL API');
  expect(otherForge({ GITEA_ACTIONS: 'true' })).toContain('no GraphQL API');
  expect(otherForge({ GITHUB_SERVER_URL: 'https://github.example.com' })).toBeUndefined();
});
