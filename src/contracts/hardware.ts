// What a machine's description holds. Apart from hardware.ts, so that results are read without loading ONNX Runtime.
import { z } from 'zod';

/** The machine, as stored in tables and results. */
export const HardwareSchema = z.object({
  /** Short hash of everything below that affects latencies: see `hardwareKey`. */
  key: z.string(),
  cpu: z.object({
    vendor: z.string(),
    model: z.string(),
    family: z.string(),
    modelNumber: z.string(),
    stepping: z.string(),
  }),
  /** The instruction sets by which ONNX Runtime chooses its kernels, as /proc/cpuinfo spells them. */
  isa: z.array(z.string()),
  cores: z.object({
    physical: z.number().int().min(1),
    logical: z.number().int().min(1),
    /** What affinity and the control group leave to this process. */
    available: z.number().int().min(1),
  }),
  /** Sizes such as `L1d: 48K, L2: 1024K, L3: 32768K`; empty where the system does not tell. */
  caches: z.string(),
  os: z.string(),
  osRelease: z.string(),
  arch: z.string(),
  virtual: z.boolean(),
  nodeVersion: z.string(),
  onnxRuntimeVersion: z.string(),
  threads: z.number().int().min(1),
});
export type Hardware = z.infer<typeof HardwareSchema>;
