import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/action/environment.ts
var secret = /^(?:INPUT_|ACTIONS_|STATE_)|^(?:GITHUB_TOKEN|GH_TOKEN)$/i;
function withoutSecrets(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !secret.test(name)));
}

export {
  withoutSecrets
};
