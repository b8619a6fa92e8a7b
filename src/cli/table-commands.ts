// The commands on latency tables: measure (also without its name), show, diff, merge.
import { type Command, Option } from 'commander';
import { type TableShowOptions, tableOrders } from '../pipeline/options.ts';
import {
  add,
  exitCodesHelp,
  type OutputFlags,
  outOption,
  type RunFlags,
  type Runner,
  recipeOption,
  seedOption,
  threadsOption,
} from './options.ts';
import { runTable, runTableDiff, runTableMerge, runTableShow } from './pipeline.ts';

/** Adds the group `table` to the command line. */
export function addTableCommands(program: Command, run: Runner): void {
  const table = program
    .command('table')
    .description('Latency tables: measure one (the default), show, diff, merge')
    .helpCommand(false)
    .addHelpText('after', exitCodesHelp);

  add(
    table,
    'measure',
    "Measure the latency of every operation of the recipe's space on this machine and calibrate the predictor",
    ['table measure --recipe nightly --out runs/table'],
    { isDefault: true },
  )
    .addOption(recipeOption())
    .addOption(outOption())
    .addOption(threadsOption())
    .addOption(seedOption())
    .action((flags: RunFlags) => run(flags, (common) => runTable({ ...flags, ...common })));

  add(table, 'show', 'List a table and draw it', [
    'table show runs/table/latency-table.json --sort layer',
    'table show runs/table/latency-table.json --svg heat.svg --svg-predictor predicted.svg',
  ])
    .argument('<file>', 'latency table')
    .addOption(new Option('--sort <order>', 'order of the entries').choices([...tableOrders]).default('latency'))
    .option('--svg <file>', 'draw a heat map of operations by layer')
    .option('--svg-predictor <file>', 'draw predicted against measured latencies of whole subnets')
    .action((file: string, flags: OutputFlags & Omit<TableShowOptions, 'file'>) =>
      run(flags, () => runTableShow({ ...flags, file })),
    );

  add(table, 'diff', 'Compare two tables: of two machines, or of two versions of the runtime', [
    'table diff here.json there.json',
  ])
    .argument('<a>', 'latency table')
    .argument('<b>', 'latency table')
    .action((a: string, b: string, flags: OutputFlags) => run(flags, () => runTableDiff({ files: [a, b] })));

  add(table, 'merge', 'Combine the rounds of several tables of one machine and space into one table', [
    'table merge monday.json tuesday.json --out both.json',
  ])
    .argument('<files...>', 'latency tables')
    .requiredOption('--out <file>', 'table to write')
    .action((files: string[], flags: OutputFlags & { out: string }) =>
      run(flags, () => runTableMerge({ files, out: flags.out })),
    );
}
