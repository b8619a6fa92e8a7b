// What the report page shows of a run: its result, its architecture with the time of each layer, and its latency table.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LatencyTable } from '../contracts/latency-table.ts';
import type { PageData, PageLayer, PageTable } from '../contracts/page.ts';
import type { Result } from '../contracts/result.ts';
import { writeFileAtomic } from '../lib/files.ts';
import { packageRoot } from '../lib/package-root.ts';
import { htmlReport, type PageAssets } from '../report/html.ts';

/** The built script and style of the page. */
export async function pageAssets(): Promise<PageAssets> {
  const read = (name: string): Promise<string> => readFile(join(packageRoot(), 'dist', name), 'utf8');
  const [script, style] = await Promise.all([read('report-page.js'), read('report-page.css')]);
  return { script: script.trimEnd(), style: style.trimEnd() };
}

/** Writes report.html. */
export async function writePage(path: string, result: Result, table?: LatencyTable): Promise<void> {
  await writeFileAtomic(path, htmlReport(pageData(result, table), await pageAssets()));
}

/** The data of the page, without networks to try. */
export function pageData(result: Result, table?: LatencyTable): PageData {
  return { result, layers: layersOf(result, table), ...(table ? { table: tableOf(table) } : {}) };
}

function layersOf({ architecture, input }: Result, table?: LatencyTable): PageLayer[] {
  if (!architecture) return [];
  // The head brings the input to half its side.
  let [height, width] = [Math.ceil(input.height / 2), Math.ceil(input.width / 2)];
  return architecture.layers.map((layer, index) => {
    const candidates = table?.space.layers[index]?.map((entry) => table.entries[entry]!) ?? [];
    const entry = candidates.find(
      (one) =>
        one.operation === layer.operation &&
        one.in === layer.in &&
        one.out === layer.out &&
        one.stride === layer.stride &&
        one.expanded === layer.expanded,
    );
    const { operation, in: from, out, stride } = layer;
    const shown = { operation, in: from, out, stride, height, width, latencyMs: entry?.latencyMs };
    height = Math.ceil(height / stride);
    width = Math.ceil(width / stride);
    return shown;
  });
}

function tableOf({ entries, space }: LatencyTable): PageTable {
  const layers = space.layers.map((candidates) => candidates.map((i) => entries[i]!));
  const operations = [...new Set(entries.map(({ operation }) => operation))];
  return {
    layers: layers.map(([first]) => `${first!.in}-${first!.out}, ${first!.height}x${first!.width}`),
    rows: operations.map((operation) => ({
      operation,
      ms: layers.map((candidates) => candidates.find((entry) => entry.operation === operation)?.latencyMs ?? null),
    })),
  };
}
