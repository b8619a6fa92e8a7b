// The environment of the programs that the Action starts: without what only the Action itself needs.

/** Inputs (a token among them), the runner's own credentials, and tokens that workflows hand on. */
const secret = /^(?:INPUT_|ACTIONS_|STATE_)|^(?:GITHUB_TOKEN|GH_TOKEN)$/i;

/** The environment without tokens. */
export function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !secret.test(name)));
}
