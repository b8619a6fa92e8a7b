// The command that shows a run in the browser.
import { type Command, Option } from 'commander';
import { add, type OutputFlags, type Runner, wholeNumber } from './options.ts';
import { runServe } from './pipeline.ts';

export function addServeCommand(program: Command, run: Runner): void {
  add(program, 'serve', "Show a run's report in the browser, and try its networks on photos, videos and the camera", [
    'serve runs/quickstart',
    'serve runs/mine --model runs/large/model.onnx',
  ])
    .argument('<run>', 'run folder')
    .option('--model <files...>', 'more networks to try: ONNX files that this tool exported', [])
    .addOption(new Option('--port <number>', 'of the address').argParser(wholeNumber(0, 65_535)).default(8080))
    .action((folder: string, { model, port, ...flags }: OutputFlags & { model: string[]; port: number }) =>
      run(flags, (common) => runServe({ ...common, run: folder, models: model, port })),
    );
}
