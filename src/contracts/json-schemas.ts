// The files that people and other tools read and write, as JSON Schemas: made from the very schemas that the code checks them with.

import { z } from 'zod';
import { architectureFields } from './architecture.ts';
import { latencyTableSchema } from './latency-table.ts';
import { recipeSchema } from './recipe.ts';
import { resultSchema, resultsSchema } from './result.ts';
import { spaceFileSchema } from './space.ts';

/**
 * JSON Schemas (draft 7, which editors' YAML support knows best) by the name of what they describe: of files as they are written, before
 * defaults. Checks across fields (widths that follow on each other) are the code's alone.
 */
export function jsonSchemas(): Record<string, object> {
  const recipe = published('recipe', recipeSchema);
  return {
    // A recipe's file need not give what loadRecipe takes from the file's name and the machine.
    recipe: { ...recipe, required: recipe.required?.filter((field) => field !== 'name' && field !== 'threads') ?? [] },
    space: published('search space', spaceFileSchema),
    architecture: published('architecture', architectureFields),
    result: published('result', resultSchema),
    results: published('results of several models', resultsSchema),
    'latency-table': published('latency table', latencyTableSchema),
  };
}

function published(title: string, schema: z.ZodType) {
  return { title: `proxyless-ci ${title}`, ...z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) };
}
