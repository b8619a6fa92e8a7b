// A latency table as the heat map that pictures and the report page draw.
import type { LatencyTable } from '../contracts/latency-table.ts';
import type { HeatMap } from '../contracts/table-views.ts';
import { candidateName } from '../network/modules.ts';

/** Operations (each of their forms by itself) by layers. */
export function heatMapOf({ entries, space }: LatencyTable): HeatMap {
  const layers = space.layers.map((candidates) => candidates.map((i) => entries[i]!));
  return {
    layers: layers.map(([first]) => ({
      channels: `${first!.in}-${first!.out}`,
      map: `${first!.height}x${first!.width}${first!.stride === 2 ? ' /2' : ''}`,
    })),
    rows: [...new Set(entries.map(candidateName))].map((operation) => ({
      operation,
      cells: layers.map((candidates) => {
        const entry = candidates.find((one) => candidateName(one) === operation);
        return entry && { latencyMs: entry.latencyMs, errorMs: entry.errorMs, settled: entry.settled };
      }),
    })),
  };
}

/** What a table was measured on, in a line. */
export function machineOf({ hardware, threads }: LatencyTable): string {
  const { cpu, cores, onnxRuntimeVersion, key } = hardware;
  const used = `${threads} of ${cores.available} core${cores.available === 1 ? '' : 's'}`;
  return `${cpu.model}, ${used}, ONNX Runtime ${onnxRuntimeVersion}, key ${key}`;
}
