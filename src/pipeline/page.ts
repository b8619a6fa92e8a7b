// What the report page shows of a run: its result, its architecture with the time of each layer, its latency table, whether its search worked, and photos.
import { join } from 'node:path';
import type { Layer } from '../contracts/architecture.ts';
import type { LatencyTable } from '../contracts/latency-table.ts';
import { type PageData, type PageLayer, type PagePhotos, pagePhotosSchema, photosFile } from '../contracts/page.ts';
import type { Result } from '../contracts/result.ts';
import { readOptionalJson, writeFileAtomic } from '../lib/files.ts';
import { pageAssets } from '../lib/page-assets.ts';
import { diagnosisSentences } from '../report/diagnosis.ts';
import { budgetRows, setRows, silhouetteWarnings } from '../report/format.ts';
import { htmlReport } from '../report/html.ts';
import { heatMapOf } from './heat-map.ts';

/** What a page is made of beside the result. */
export interface PageParts {
  readonly table?: LatencyTable | undefined;
  readonly photos?: PagePhotos | undefined;
}

/** Writes a result's report.html, with the photos that were drawn in its folder. */
export async function writePage(folder: string, result: Result, table?: LatencyTable): Promise<void> {
  const data = pageData(result, { table, photos: await readPhotos(folder, result) });
  await writeFileAtomic(join(folder, 'report.html'), htmlReport(data, await pageAssets('report')));
}

/**
 * The photos that the run of a result drew; undefined where it drew none, or their file was not kept.
 * @throws UserError when the file is damaged
 */
export async function readPhotos(folder: string, { networks }: Result): Promise<PagePhotos | undefined> {
  // The folder may hold the photos of another run.
  if (networks.every(({ worstPicture }) => worstPicture === undefined)) return undefined;
  return (await readOptionalJson(join(folder, photosFile), pagePhotosSchema))?.photos;
}

/** The data of the page, without networks to try. */
export function pageData(result: Result, { table, photos }: PageParts): PageData {
  return {
    result,
    layers: layersOf(result, table),
    diagnosis: diagnosisSentences(result),
    warnings: silhouetteWarnings(result),
    budgets: budgetRows(result),
    sets: setRows(result),
    ...(table ? { table: heatMapOf(table) } : {}),
    ...(photos ? { photos } : {}),
  };
}

function layersOf({ architecture, input: ofRun }: Result, table?: LatencyTable): PageLayer[] {
  if (!architecture) return [];
  const { input = ofRun } = architecture;
  // The head brings the input to half its side.
  let [height, width] = [Math.ceil(input.height / 2), Math.ceil(input.width / 2)];
  return architecture.layers.map((layer, index) => {
    const candidates = table?.space.layers[index]?.map((entry) => table.entries[entry]!) ?? [];
    const latencyMs = candidates.find((one) => sameLayer(one, layer))?.latencyMs;
    const { operation, in: from, out, stride, expanded, squeezeExcite } = layer;
    const shown = { operation, in: from, out, stride, expanded, squeezeExcite, height, width, latencyMs };
    height = Math.ceil(height / stride);
    width = Math.ceil(width / stride);
    return shown;
  });
}

/** Whether two layers take the same time. */
const sameLayer = (a: Layer, b: Layer): boolean =>
  (['operation', 'in', 'out', 'stride', 'expanded', 'activation', 'squeezeExcite'] as const).every(
    (field) => a[field] === b[field],
  ) && (a.residual ?? false) === (b.residual ?? false);
