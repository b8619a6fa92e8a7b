// The file of a search space (YAML): its fields. What the operations are and which layers can take them is for network/space.ts to say.
import { z } from 'zod';
import { mapWidth, sharedMacroSchema } from './architecture.ts';

const expansion = z.number().positive();
const operationName = z.string();
const squeezeExcite = z.boolean();
const candidateSchema = z.union([
  operationName,
  z
    .strictObject({
      operation: operationName,
      expansion: expansion.optional(),
      'squeeze-excite': squeezeExcite.optional(),
    })
    .describe(
      "An operation with block options of its own in place of the stage's; one operation may come in several forms",
    ),
]);

const stageSchema = z.strictObject({
  width: mapWidth,
  layers: z.int().positive(),
  stride: z.union([z.literal(1), z.literal(2)], 'must be 1 or 2'),
  expansion,
  activation: z.enum(['relu', 'relu6', 'hswish']),
  'squeeze-excite': squeezeExcite,
  residual: z
    .boolean()
    .default(false)
    .describe('Identity shortcuts around operations that keep their shape and have none of their own'),
  operations: z.array(candidateSchema).min(1, 'needs at least one operation'),
});

/** A space as its file says it. */
export const spaceFileSchema = z.strictObject({
  name: z.string().min(1),
  macro: sharedMacroSchema,
  stages: z.array(stageSchema).refine((stages) => stages.filter((stage) => stage.stride === 2).length === 4, {
    message: 'must have four stages with stride 2 (s4, s8, s16, s32)',
  }),
});
/** A stage of a space: layers of one width. */
export type Stage = z.infer<typeof stageSchema>;
