// Event payloads as GitHub sends them, cut down to the fields that matter.

/** A pull request; `base` may name another commit than it does, and `head` another repository. */
export function pullRequestPayload(base: object = {}, head: object = {}) {
  const repo = { full_name: 'owner/repo' };
  return {
    action: 'synchronize',
    number: 7,
    repository: { full_name: 'owner/repo', default_branch: 'main' },
    pull_request: {
      number: 7,
      labels: [{ name: 'wip' }],
      head: { ref: 'feature', sha: 'a'.repeat(40), repo, ...head },
      base: { ref: 'main', sha: 'b'.repeat(40), repo, ...base },
    },
  };
}

/** A finished run of a pull request from a fork. */
export function workflowRunPayload() {
  return {
    action: 'completed',
    repository: { full_name: 'owner/repo', default_branch: 'main' },
    workflow_run: {
      id: 5,
      event: 'pull_request',
      head_sha: 'a'.repeat(40),
      head_branch: 'feature',
      head_repository: { full_name: 'stranger/repo', owner: { login: 'stranger' } },
      html_url: 'https://github.com/owner/repo/actions/runs/5',
      pull_requests: [],
    },
  };
}
