import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProgress } from '../../src/pipeline/progress.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function recorder(columns?: number) {
  const written: string[] = [];
  return { written, stream: { columns, write: (text: string) => written.push(text) } };
}

/** 100 steps, one a second. */
function runStage(progress: ReturnType<typeof createProgress>, start = 0): void {
  const stage = progress.stage('supernet', 100, 'steps', start);
  for (let step = start + 1; step <= 100; step++) {
    vi.advanceTimersByTime(1000);
    stage.update(step, 'loss 0.5');
  }
  stage.done();
}

describe('progress', () => {
  test('without a terminal a line every ten seconds says rate and time left', () => {
    const { written, stream } = recorder();
    runStage(createProgress(stream, { tty: false }));
    expect(written).toHaveLength(12);
    expect(written[0]).toBe('supernet: 100 steps\n');
    expect(written[2]).toBe('supernet: 20/100 steps, 1.00/s, 1 min 20 s left, loss 0.5\n');
    expect(written.at(-1)).toBe('supernet: 100 steps in 1 min 40 s\n');
  });

  test('steps of an interrupted run do not count towards the rate', () => {
    const { written, stream } = recorder();
    runStage(createProgress(stream, { tty: false }), 50);
    expect(written[0]).toBe('supernet: resumes at 50 of 100 steps\n');
    expect(written[1]).toContain('60/100 steps, 1.00/s, 40 s left');
  });

  test('on a terminal one line is rewritten, no wider than the terminal, and notes stay above it', () => {
    const { written, stream } = recorder(30);
    const progress = createProgress(stream, { tty: true });
    const stage = progress.stage('supernet', 100, 'steps');
    vi.advanceTimersByTime(1000);
    stage.update(1, 'a detail that does not fit');
    progress.note('checkpoint written');
    expect(written[1]).toBe('\r\u001b[Ksupernet: 1/100 steps, 1.00/s');
    expect(written[2]).toBe('\r\u001b[Kcheckpoint written\n');
  });

  test('silent progress writes nothing', () => {
    const { written, stream } = recorder();
    runStage(createProgress(stream, { tty: true, silent: true }));
    expect(written).toEqual([]);
  });
});
