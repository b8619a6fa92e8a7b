// Event payloads as GitHub sends them, cut down to the fields that matter.

/** A pull request of a branch of the repository itself, unless its head says otherwise. */
export function pullRequestPayload(head: object = {}, base: object = {}) {
  const repo = { full_name: 'owner/repo' };
  return {
    action: 'synchronize',
    number: 7,
    repository: { full_name: 'owner/repo', default_branch: 'main' },
    pull_request: {
      number: 7,
      head: { ref: 'feature', sha: 'a'.repeat(40), repo, ...head },
      base: { ref: 'main', sha: 'b'.repeat(40), repo, ...base },
    },
  };
}
