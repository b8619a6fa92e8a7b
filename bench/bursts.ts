// Other processes on the cores: each loads one for 50 to 500 ms, then rests as long, over and over.
import { spawn } from 'node:child_process';

// Its standard input ends when the process that started it does, however that ends.
const program = `
  process.stdin.on('end', () => process.exit()).resume();
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const length = () => 50 + 450 * Math.random();
  for (;;) {
    const end = performance.now() + length();
    while (performance.now() < end) Math.sqrt(Math.random());
    await wait(length());
  }`;

/** Starts them; they end with this process or by the function returned. */
export function startBursts(count: number): () => void {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'ignore', 'ignore'] }),
  );
  return () => {
    for (const child of children) child.kill();
  };
}
