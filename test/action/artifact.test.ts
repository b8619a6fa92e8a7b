import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { uploadPage } from '../../src/action/artifact.ts';
import { pageData } from '../../src/pipeline/page.ts';
import { htmlReport } from '../../src/report/html.ts';
import { exampleResult } from '../report/example.ts';
import { useRunner } from './runner.ts';

const runner = useRunner();
const page = htmlReport({ ...pageData(exampleResult, {}), photos: [] }, { script: '', style: '' });

beforeEach(() => {
  vi.stubEnv('GITHUB_SERVER_URL', 'https://github.com');
  writeFileSync(join(runner.folder, 'report.html'), page);
});

const upload = (isPrivate = false) =>
  uploadPage({
    folder: runner.folder,
    name: 'proxyless-ci-report',
    temporary: runner.folder,
    isPrivate,
    run: 'https://github.com/owner/repo/actions/runs/5',
  });

describe('report.html as an artifact', () => {
  test('is one file that the browser opens, under a name of its own, and has an address', async () => {
    expect(await upload()).toBe('https://github.com/owner/repo/actions/runs/5/artifacts/77');
    expect([...runner.service.artifacts]).toEqual([['proxyless-ci-report.html', page]]);
  });

  test('has no photos where the data are private', async () => {
    await upload(true);
    const [text] = runner.service.artifacts.values();
    expect(page).toContain('"photos":[]');
    expect(text).not.toContain('"photos"');
    expect(text).toContain(exampleResult.reason);
  });

  test('is a warning without the token where it is refused', async () => {
    runner.service.fail(403);
    expect(await upload()).toBeUndefined();
    expect(runner.log).toMatch(/::warning::report\.html is not uploaded: .*403/);
    expect(runner.log).not.toContain(process.env.ACTIONS_RUNTIME_TOKEN);
  });

  test.each([
    ['there is no service', { ACTIONS_RESULTS_URL: '' }],
    ['the forge is Forgejo', { FORGEJO_ACTIONS: 'true' }],
    ['the server is an enterprise server', { GITHUB_SERVER_URL: 'https://git.example.com' }],
  ])('is left out without a warning where %s', async (_, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    expect(await upload()).toBeUndefined();
    expect(runner.log).not.toContain('::warning');
    expect(runner.service.artifacts.size).toBe(0);
  });
});
