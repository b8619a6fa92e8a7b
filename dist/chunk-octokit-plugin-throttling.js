import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  chooseWork,
  defaultCommentKey,
  enterWorkspace,
  gateFolder,
  gitText,
  isProposal,
  loadEvent,
  loadInputs,
  openGit,
  workingDirectory
} from "./chunk-action-inputs.js";
import "./chunk-action-environment.js";
import {
  fail,
  openCaches
} from "./chunk-action-keep.js";
import {
  log,
  say
} from "./chunk-minimatch.js";
import {
  accuracyTable,
  architectureTable,
  budgetAmount,
  budgetState,
  budgetsTable,
  candidatesTable,
  comparisonsList,
  diagnosisSection,
  escapeName,
  escapeSentence,
  historyPage,
  isFailure,
  judgedMiou,
  megabytes,
  mermaidName,
  millions,
  milliseconds,
  missing,
  networkName,
  operatorsTable,
  outcomeIcons,
  pageAssets,
  percent,
  readResult,
  resultSchema,
  searchFacts,
  setsTable,
  settingsTable,
  signedPercent,
  signedPoints,
  table,
  threadCount,
  verdictWords,
  warningsText,
  withoutPhotos,
  worstTable
} from "./chunk-yaml.js";
import {
  shortHash
} from "./chunk-lib-hash.js";
import {
  probit,
  sampleRankCorrelation
} from "./chunk-simple-statistics.js";
import "./chunk-pure-rand.js";
import {
  createProgress,
  handleSignals
} from "./chunk-pipeline-progress.js";
import "./chunk-contracts-model.js";
import {
  external_exports
} from "./chunk-zod.js";
import "./chunk-lib-package-root.js";
import {
  checkSchema,
  errorCode,
  parseJson,
  readJson,
  writeJson
} from "./chunk-lib-files.js";
import "./chunk-lib-normalization.js";
import {
  UserError
} from "./chunk-lib-errors.js";
import {
  GitHub,
  defaults,
  getOctokitOptions,
  require_light,
  retry
} from "./chunk-octokit-plugin-rest-endpoint-methods.js";
import {
  endGroup,
  error,
  getInput,
  notice,
  setFailed,
  setOutput,
  setSecret,
  startGroup,
  summary,
  warning
} from "./chunk-azure-storage-blob.js";
import {
  __toESM
} from "./chunk-empty1.js";

// src/action/run.ts
import { tmpdir } from "node:os";
import { join as join6 } from "node:path";

// src/action/publish.ts
import { join as join5, posix, sep } from "node:path";

// src/report/comment.ts
import { createHash } from "node:crypto";

// src/report/chart.ts
var maxPoints = 8;
function accuracyChart({ networks }) {
  let shown = networks.flatMap((network) => {
    let { latencyP50Ms } = network, miou = judgedMiou(network);
    return miou === void 0 || latencyP50Ms === void 0 ? [] : [{ network, miou, latencyMs: latencyP50Ms }];
  }).slice(0, maxPoints);
  if (shown.length < 2) return;
  let x = scale(shown.map(({ latencyMs }) => latencyMs)), y = scale(shown.map(({ miou }) => miou));
  return [
    "```mermaid",
    '%%{init: {"quadrantChart": {"chartWidth": 720, "chartHeight": 380, "pointTextPadding": 9}}}%%',
    "quadrantChart",
    '    x-axis "faster" --> "slower"',
    '    y-axis "less accurate" --> "more accurate"',
    ...shown.map(({ network, miou, latencyMs }) => {
      let label = `${mermaidName(network.name)}: ${percent(miou)}, ${milliseconds(latencyMs)}`, style = network.role === "head" ? "radius: 8, color: #2da44e" : "radius: 5";
      return `    "${label}": [${x(latencyMs)}, ${y(miou)}] ${style}`;
    }),
    "```"
  ].join(`
`);
}
function scale(values) {
  let smallest = Math.min(...values), range = Math.max(...values) - smallest;
  return (value) => (range > 0 ? 0.18 + 0.64 * (value - smallest) / range : 0.5).toFixed(3);
}

// src/report/trend.ts
var leastLatency = 0.01, leastMiou = 5e-3, shownEntries = 8;
function driftWarnings(trend) {
  return movements(trend).filter(({ warning: warning2 }) => warning2).map(({ sentence }) => sentence);
}
function trendHeading(trend) {
  let found2 = movements(trend), warnings = found2.flatMap(({ warning: warning2 }) => warning2 ?? []), kind = warnings.includes("drift") ? "slow drift" : "a step", state = warnings.length > 0 ? `${outcomeIcons.inconclusive} ${kind}` : "no drift";
  return `Trend on ${escapeName(trend.branch)}: ${found2.length > 0 ? state : "too few results yet"}`;
}
function trendSection(trend) {
  let { entries, compared, baseline } = trend, found2 = movements(trend).map(
    ({ sentence, warning: warning2 }) => warning2 ? `${outcomeIcons.inconclusive} ${sentence}` : sentence
  ), { accepted, commit } = compared[0], since = accepted ? ` since ${escapeName(commit.slice(0, 7))} was accepted` : " so far", few = `${merges(compared)}${since}: too few comparable results to tell a trend from noise.`, ratio = baseline === void 0 ? "" : `, as ratios to ${escapeName(baseline)} in the same rounds`;
  return [
    ...found2.length > 0 ? found2 : [few],
    entriesTable(entries.slice(-shownEntries)),
    `Latencies are compared on one kind of machine at a time${ratio}. This is advice and changes no verdict.`
  ].join(`

`);
}
function movements(trend) {
  let { latency: latency2, miou } = trend;
  return [
    ...latency2 ? [told({ name: "Latency", worse: 1, least: leastLatency, sum: Math.expm1 }, latency2, trend)] : [],
    ...miou ? [told({ name: "mIoU", worse: -1, least: leastMiou, sum: (value) => value }, miou, trend)] : []
  ];
}
function told({ name, worse, least, sum }, drift, { compared }) {
  let { kind, rare, slope, step } = drift, { value, interval, at } = { at: void 0, ...rare && kind === "step" ? step : slope }, times = at === void 0 ? compared.length - 1 : 1, changeOf = (one) => sum(one * times), change = changeOf(value), warning2 = rare && worse * change > least ? kind : void 0, format = name === "mIoU" ? signedPoints : signedPercent, amount = format(Math.abs(change)).replace("+", ""), where = at === void 0 ? `over the last ${merges(compared)}` : placeOf(compared, at), range = `95 % interval ${interval.map((bound) => format(changeOf(bound))).join(" to ")}`, tail = warning2 === "drift" ? ": slow drift, larger than the noise, although single steps may not have been" : warning2 === "step" ? ": a step, larger than the noise, and not a slow drift" : "";
  return { sentence: `${name} ${change < 0 ? "fell" : "rose"} by ${amount} ${where} (${range})${tail}.`, warning: warning2 };
}
function placeOf(entries, at) {
  let { commit, createdAt } = entries[at];
  return `at ${escapeName(commit.slice(0, 7))} (${createdAt.slice(0, 10)}) or near it`;
}
function merges(entries) {
  let { size } = new Set(entries.map(({ commit }) => commit));
  return `${size} merge${size === 1 ? "" : "s"}`;
}
function entriesTable(entries) {
  let rows = entries.map(({ commit, createdAt, miou, latencyP50Ms, ratio, hardware }) => [
    escapeName(commit.slice(0, 7)),
    createdAt.slice(0, 10),
    percent(miou),
    milliseconds(latencyP50Ms),
    ratio ? `${ratio.value.toFixed(3)} ${escapeName(ratio.baseline)}` : missing,
    escapeName(hardware)
  ]);
  return table(["commit", "date", "mIoU", "latency p50", "ratio to", "machine"], rows, "llrrrl");
}

// src/report/comment.ts
var defaultMaxBytes = 6e4, fewNetworks = 12;
function hiddenLines(state, { run: run2 }) {
  return [`<!-- proxyless-ci-state:${state.slice(0, 16)} -->`, ...run2 ? [runLine(run2)] : []];
}
function runLine({ id, head }) {
  return `<!-- proxyless-ci-run:${id}:${head} -->`;
}
function commentRun(text) {
  let [, id, head] = /^<!-- proxyless-ci-run:(\d{1,15}):([0-9a-f]{7,64}) -->$/m.exec(text) ?? [];
  return id && head ? { id: Number(id), head } : void 0;
}
function lostMarkdown({
  key,
  origin,
  run: run2,
  conclusion
}) {
  return `${[
    `${commentMarker(key)}${run2 ? `
${runLine(run2)}` : ""}`,
    `${outcomeIcons.inconclusive} **No result.** The job that measures left none; it ended with: ${escapeName(conclusion)}.`,
    `<sub>See the log of ${origin}.</sub>`
  ].join(`

`)}
`;
}
function commentMarker(key) {
  if (!/^[\w.-]{1,64}$/.test(key))
    throw new UserError(`comment-key: ${JSON.stringify(key)} must be 1 to 64 letters, digits, ".", "_" or "-"`);
  return `<!-- proxyless-ci:${key} -->`;
}
function stateLine(text) {
  return /^<!-- proxyless-ci-state:[0-9a-f]{16} -->$/m.exec(text)?.[0];
}
function commentMarkdown(result, options) {
  let { maxBytes = defaultMaxBytes } = options, parts = commentParts(result, options), dropped = [], text = join(parts, dropped);
  for (let name of dropOrder) {
    if (Buffer.byteLength(text) <= maxBytes) return text;
    let part = parts.find((candidate) => candidate.name === name);
    part?.text && (dropped.push(name), part.text = name === "further networks" ? networksTable(result, fewNetworks) : void 0, text = join(parts, dropped));
  }
  return text;
}
var dropOrder = [
  "candidates",
  "operators",
  "search",
  "diagnosis",
  "architecture",
  "settings",
  "trend",
  "worst photos",
  "accuracy",
  "data sets",
  "chart",
  "budgets",
  "comparisons",
  "warnings",
  "further networks"
];
function commentParts(result, { title, accepted, origin, trend, ...options }) {
  let { architecture, derive } = result, icon = outcomeIcons[result.verdict], layers = architecture && `${escapeName(architecture.name)}, ${architecture.layers.length} layers`;
  return [
    {
      name: "marker",
      text: [commentMarker(options.key), ...hiddenLines(describeState(result, accepted), options)].join(`
`)
    },
    { name: "title", text: title && `### ${escapeName(title)}` },
    { name: "verdict", text: `${icon} **${verdictWords[result.verdict]}.** ${escapeSentence(result.reason)}` },
    { name: "accepted", text: accepted && `Accepted by ${escapeSentence(accepted)}.` },
    { name: "warnings", text: warningsText(result) },
    { name: "further networks", text: networksTable(result) },
    { name: "comparisons", text: comparisonsList(result) },
    { name: "budgets", text: budgetsTable(result) },
    { name: "chart", text: accuracyChart(result) },
    { name: "data sets", text: folded("By data set", setsTable(result)) },
    { name: "accuracy", text: folded("Accuracy", accuracyTable(result)) },
    { name: "worst photos", text: folded("Worst photos", worstTable(result)) },
    { name: "trend", text: trend && folded(trendHeading(trend), trendSection(trend)) },
    { name: "architecture", text: folded(`Architecture: ${layers}`, architectureTable(result)) },
    { name: "diagnosis", text: folded("Did the search work?", diagnosisSection(result)) },
    { name: "search", text: folded("How the search went", searchFacts(result)) },
    { name: "candidates", text: folded(`Candidates: ${derive?.candidates.length}`, candidatesTable(result)) },
    { name: "operators", text: folded("Why slower: the operators that differ most", operatorsTable(result)) },
    { name: "settings", text: folded("How it was measured", settingsTable(result)) },
    { name: "footer", text: footer(result, origin) }
  ];
}
function join(parts, dropped) {
  let note = dropped.length > 0 ? `_Shortened to fit; left out: ${dropped.join(", ")}._` : void 0;
  return `${[...parts.map((part) => part.text), note].filter((text) => text !== void 0).join(`

`)}
`;
}
function networksTable(result, count2 = Number.POSITIVE_INFINITY) {
  if (result.networks.length === 0) return;
  let base = result.networks.find((network) => network.role === "base"), order2 = { head: 0, base: 1, int8: 2, front: 3, baseline: 4 }, rows = [...result.networks].sort((a, b) => order2[a.role] - order2[b.role]).slice(0, count2).map((network) => {
    let cells = [
      percent(judgedMiou(network)),
      latency(network),
      network.fps === void 0 ? missing : network.fps.toFixed(0),
      millions(network.macs),
      millions(network.parameters),
      megabytes(network.bytes),
      ...base ? changes(result, network, base) : []
    ];
    return [networkName(network), ...cells.map(unbroken)];
  }), head = ["network", "mIoU", "latency p50 (95\xA0%)", "FPS", "MACs", "params", "size"], columns = base ? [...head, "latency vs base", "mIoU vs base"] : head;
  return table(columns, rows, `l${"r".repeat(columns.length - 1)}`);
}
function unbroken(cell) {
  return cell.replaceAll(/ (?!\()/g, "\xA0");
}
function latency({ latencyP50Ms, latencyP50IntervalMs }) {
  if (latencyP50IntervalMs === void 0) return milliseconds(latencyP50Ms);
  let [low, high] = latencyP50IntervalMs;
  return `${milliseconds(latencyP50Ms)} (${milliseconds(low).replace(" ms", "")} to ${milliseconds(high).replace(" ms", "")})`;
}
function changes({ comparisons = [] }, network, base) {
  if (network === base) return [missing, missing];
  let compared = (metric) => comparisons.find((c) => c.metric === metric && c.head === network.name && c.base === base.name)?.change, ratio = network.latencyP50Ms && base.latencyP50Ms ? network.latencyP50Ms / base.latencyP50Ms - 1 : void 0, [own, other] = [judgedMiou(network), judgedMiou(base)], difference = own !== void 0 && other !== void 0 ? own - other : void 0, slower = compared("latency") ?? ratio, better = compared("miou") ?? difference;
  return [
    slower === void 0 ? missing : signedPercent(slower),
    better === void 0 ? missing : signedPoints(better)
  ];
}
function folded(summary2, content) {
  return content && `<details>
<summary>${summary2}</summary>

${content}

</details>`;
}
function footer({ hardware, threads, commit, toolVersion }, origin) {
  return `<sub>${[
    `${escapeName(hardware.cpu.model)}, ${threadCount(threads)}`,
    `ONNX Runtime ${escapeName(hardware.onnxRuntimeVersion)}`,
    commit && `commit ${escapeName(commit)}`,
    `proxyless-ci ${escapeName(toolVersion)}`,
    origin
  ].filter((fact) => fact).join(" \xB7 ")}</sub>`;
}
function describeState({ verdict, budgets, comparisons = [], networks, architecture }, accepted) {
  let lasting = [
    verdict,
    accepted ?? null,
    // The limit of max-latency-vs is itself a measured latency.
    budgets.map(({ name, limit, met }) => [name, name.startsWith("max-latency-vs") ? null : limit, met]),
    comparisons.map(({ metric, head, base, outcome }) => [metric, head, base, outcome]),
    networks.map(({ role, name, parameters, macs, miou }) => [role, name, parameters, macs ?? null, percent(miou)]),
    architecture?.layers ?? []
  ];
  return createHash("sha256").update(JSON.stringify(lasting)).digest("hex");
}
function shortenComment(text, length) {
  let note = `

_Shortened: the server does not accept a longer comment._
`, room = Math.max(0, length - note.length), end = 0;
  for (let { index } of text.matchAll(/\n\n|$/g)) {
    if (index > room) break;
    let before = text.slice(0, index);
    count(before, /^<details>$/gm) > count(before, /^<\/details>$/gm) || count(before, /^```/gm) % 2 > 0 || (end = index);
  }
  return `${text.slice(0, end || room).trimEnd()}${note}`;
}
function count(text, pattern) {
  return text.match(pattern)?.length ?? 0;
}

// src/report/several.ts
import { createHash as createHash2 } from "node:crypto";
var order = ["budget-missed", "regression", "inconclusive", "pass"];
function worstFirst(results) {
  let rank = ({ result }) => order.indexOf(result.verdict);
  return [...results].sort((a, b) => rank(a) - rank(b));
}
var mostNamed = 10;
function severalMarkdown(results, options) {
  let { maxBytes = defaultMaxBytes, title, accepted } = options, sorted = worstFirst(results), [worst] = sorted, { verdict } = worst.result, same = sorted.filter(({ result }) => result.verdict === verdict), count2 = `${same.length} of ${results.length} models`, named = same.slice(0, mostNamed).map(({ model }) => escapeName(model)), more = same.length > mostNamed ? ` and ${same.length - mostNamed} more` : "", names = verdict === "pass" ? "" : `: ${named.join(", ")}${more}`, states = results.map(({ result }) => hiddenLines(describeState(result, accepted), {})[0]), head = [
    [
      commentMarker(options.key),
      ...hiddenLines(createHash2("sha256").update(states.join()).digest("hex"), options)
    ].join(`
`),
    ...title ? [`### ${escapeName(title)}`] : [],
    `${outcomeIcons[verdict]} **${verdictWords[verdict]}.** ${count2}${names}.`,
    ...accepted ? [`Accepted by ${escapeSentence(accepted)}.`] : []
  ], details = sorted.map(
    ({ model, result }) => `<details>
<summary>${outcomeIcons[result.verdict]} ${escapeName(model)}</summary>

${escapeSentence(result.reason)}

</details>`
  ), end = footer(worst.result, options.origin), whole = (rows, folds) => {
    let left = [
      ...rows < sorted.length ? [`${sorted.length - rows} models`] : [],
      ...folds < details.length ? ["reasons"] : []
    ], note = left.length > 0 ? [`_Shortened to fit; left out: ${left.join(", ")}._`] : [];
    return `${[...head, modelsTable(sorted.slice(0, rows)), ...details.slice(0, folds), end, ...note].join(`

`)}
`;
  };
  for (let [rows, folds] of [
    [sorted.length, details.length],
    [sorted.length, same.length],
    [sorted.length, 0],
    [100, 0]
  ]) {
    let text = whole(Math.min(rows, sorted.length), Math.min(folds, details.length));
    if (Buffer.byteLength(text) <= maxBytes) return text;
  }
  return whole(20, 0);
}
function modelsTable(results) {
  let rows = results.map(({ model, result }) => {
    let network = result.networks.find(({ role }) => role === "head"), base = result.networks.find(({ role }) => role === "base"), found2 = (metric) => result.comparisons?.find((one) => one.metric === metric), [latency2, miou] = [found2("latency"), found2("miou")];
    return [
      `${outcomeIcons[result.verdict]} **${escapeName(model)}**`,
      milliseconds(base?.latencyP50Ms),
      milliseconds(network?.latencyP50Ms),
      latency2 ? `${signedPercent(latency2.change)} (${latency2.interval.map(signedPercent).join(" to ")})` : missing,
      percent(judgedMiou(network)),
      miou ? signedPoints(miou.change) : missing,
      network ? megabytes(network.bytes) : missing
    ];
  });
  return table(["model", "base p50", "p50", "latency vs base", "mIoU", "mIoU vs base", "size"], rows, "lrrrrrr");
}

// src/action/github/client.ts
import { randomUUID } from "node:crypto";

// node_modules/@octokit/plugin-throttling/dist-bundle/index.js
var import_light = __toESM(require_light(), 1), VERSION = "0.0.0-development", noop = () => Promise.resolve();
function wrapRequest(state, request, options) {
  return state.retryLimiter.schedule(doRequest, state, request, options);
}
async function doRequest(state, request, options) {
  let { pathname } = new URL(options.url, "http://github.test"), isAuth = isAuthRequest(options.method, pathname), isWrite = !isAuth && options.method !== "GET" && options.method !== "HEAD", isSearch = options.method === "GET" && pathname.startsWith("/search/"), isGraphQL = pathname.startsWith("/graphql"), jobOptions = ~~request.retryCount > 0 ? { priority: 0, weight: 0 } : {};
  state.clustering && (jobOptions.expiration = 1e3 * 60), (isWrite || isGraphQL) && await state.write.key(state.id).schedule(jobOptions, noop), isWrite && state.triggersNotification(pathname) && await state.notifications.key(state.id).schedule(jobOptions, noop), isSearch && await state.search.key(state.id).schedule(jobOptions, noop);
  let req = (isAuth ? state.auth : state.global).key(state.id).schedule(jobOptions, request, options);
  if (isGraphQL) {
    let res = await req;
    if (res.data.errors != null && res.data.errors.some((error2) => error2.type === "RATE_LIMITED"))
      throw Object.assign(new Error("GraphQL Rate Limit Exceeded"), {
        response: res,
        data: res.data
      });
  }
  return req;
}
function isAuthRequest(method, pathname) {
  return method === "PATCH" && // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-a-scoped-access-token
  /^\/applications\/[^/]+\/token\/scoped$/.test(pathname) || method === "POST" && // https://docs.github.com/en/rest/apps/oauth-applications?apiVersion=2022-11-28#reset-a-token
  (/^\/applications\/[^/]+\/token$/.test(pathname) || // https://docs.github.com/en/rest/apps/apps?apiVersion=2022-11-28#create-an-installation-access-token-for-an-app
  /^\/app\/installations\/[^/]+\/access_tokens$/.test(pathname) || // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  pathname === "/login/oauth/access_token");
}
var triggers_notification_paths_default = [
  "/orgs/{org}/invitations",
  "/orgs/{org}/invitations/{invitation_id}",
  "/orgs/{org}/teams/{team_slug}/discussions",
  "/orgs/{org}/teams/{team_slug}/discussions/{discussion_number}/comments",
  "/repos/{owner}/{repo}/collaborators/{username}",
  "/repos/{owner}/{repo}/commits/{commit_sha}/comments",
  "/repos/{owner}/{repo}/issues",
  "/repos/{owner}/{repo}/issues/{issue_number}/comments",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issue",
  "/repos/{owner}/{repo}/issues/{issue_number}/sub_issues/priority",
  "/repos/{owner}/{repo}/pulls",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments",
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
  "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
  "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "/repos/{owner}/{repo}/releases",
  "/teams/{team_id}/discussions",
  "/teams/{team_id}/discussions/{discussion_number}/comments"
];
function routeMatcher(paths) {
  let regex2 = `^(?:${paths.map(
    (path) => path.split("/").map((c) => c.startsWith("{") ? "(?:.+?)" : c).join("/")
  ).map((r) => `(?:${r})`).join("|")})[^/]*$`;
  return new RegExp(regex2, "i");
}
var regex = routeMatcher(triggers_notification_paths_default), triggersNotification = regex.test.bind(regex), groups = {}, createGroups = function(Bottleneck, common) {
  groups.global = new Bottleneck.Group({
    id: "octokit-global",
    maxConcurrent: 10,
    ...common
  }), groups.auth = new Bottleneck.Group({
    id: "octokit-auth",
    maxConcurrent: 1,
    ...common
  }), groups.search = new Bottleneck.Group({
    id: "octokit-search",
    maxConcurrent: 1,
    minTime: 2e3,
    ...common
  }), groups.write = new Bottleneck.Group({
    id: "octokit-write",
    maxConcurrent: 1,
    minTime: 1e3,
    ...common
  }), groups.notifications = new Bottleneck.Group({
    id: "octokit-notifications",
    maxConcurrent: 1,
    minTime: 3e3,
    ...common
  });
};
function throttling(octokit, octokitOptions) {
  let {
    enabled = !0,
    Bottleneck = import_light.default,
    id = "no-id",
    timeout = 1e3 * 60 * 2,
    // Redis TTL: 2 minutes
    connection
  } = octokitOptions.throttle || {};
  if (!enabled)
    return {};
  let common = { timeout };
  typeof connection < "u" && (common.connection = connection);
  let state = Object.assign(
    {
      clustering: connection != null,
      triggersNotification,
      fallbackSecondaryRateRetryAfter: 60,
      retryAfterBaseValue: 1e3,
      id
    },
    octokitOptions.throttle
  );
  if (typeof state.onSecondaryRateLimit != "function" || typeof state.onRateLimit != "function")
    throw new Error(`octokit/plugin-throttling error:
        You must pass the onSecondaryRateLimit and onRateLimit error handlers.
        See https://octokit.github.io/rest.js/#throttling

        const octokit = new Octokit({
          throttle: {
            onSecondaryRateLimit: (retryAfter, options) => {/* ... */},
            onRateLimit: (retryAfter, options) => {/* ... */}
          }
        })
    `);
  let initialized = !1, initializeBottleneck = () => {
    if (initialized)
      return;
    initialized = !0, groups.global == null && createGroups(Bottleneck, common), state.global = state.global ?? groups.global, state.auth = state.auth ?? groups.auth, state.search = state.search ?? groups.search, state.write = state.write ?? groups.write, state.notifications = state.notifications ?? groups.notifications, state.retryLimiter = state.retryLimiter ?? new Bottleneck();
    let events = {}, emitter = new Bottleneck.Events(events);
    events.on("secondary-limit", state.onSecondaryRateLimit), events.on("rate-limit", state.onRateLimit), events.on(
      "error",
      (e) => octokit.log.warn("Error in throttling-plugin limit handler", e)
    ), state.retryLimiter.on("failed", async function(error2, info) {
      let [state2, request, options] = info.args, { pathname } = new URL(options.url, "http://github.test");
      if (!(pathname.startsWith("/graphql") && error2.status !== 401 || error2.status === 403 || error2.status === 429))
        return;
      let retryCount = ~~request.retryCount;
      request.retryCount = retryCount, options.request.retryCount = retryCount;
      let { wantRetry, retryAfter = 0 } = await (async function() {
        if (/\bsecondary rate\b/i.test(error2.message)) {
          let retryAfter2 = Number(error2.response.headers["retry-after"]) || state2.fallbackSecondaryRateRetryAfter;
          return { wantRetry: await emitter.trigger(
            "secondary-limit",
            retryAfter2,
            options,
            octokit,
            retryCount
          ), retryAfter: retryAfter2 };
        }
        if (error2.response.headers != null && error2.response.headers["x-ratelimit-remaining"] === "0" || (error2.response.data?.errors ?? []).some(
          (error22) => error22.type === "RATE_LIMITED"
        )) {
          let rateLimitReset = new Date(
            ~~error2.response.headers["x-ratelimit-reset"] * 1e3
          ).getTime(), retryAfter2 = Math.max(
            // Add one second so we retry _after_ the reset time
            // https://docs.github.com/en/rest/overview/resources-in-the-rest-api?apiVersion=2022-11-28#exceeding-the-rate-limit
            Math.ceil((rateLimitReset - Date.now()) / 1e3) + 1,
            0
          );
          return { wantRetry: await emitter.trigger(
            "rate-limit",
            retryAfter2,
            options,
            octokit,
            retryCount
          ), retryAfter: retryAfter2 };
        }
        return {};
      })();
      if (wantRetry)
        return request.retryCount++, retryAfter * state2.retryAfterBaseValue;
    });
  };
  return octokit.hook.wrap("request", (request, options) => (initializeBottleneck(), wrapRequest(state, request, options))), {};
}
throttling.VERSION = VERSION;
throttling.triggersNotification = triggersNotification;

// src/action/github/client.ts
function ownerAndName(repository) {
  let [owner = "", repo = ""] = repository.split("/");
  return { owner, repo };
}
var retries = 3, longestWaitSeconds = 120, silent = () => {
}, final = [400, 401, 403, 404, 410, 422, 429, 451];
function createClient({ token, apiUrl, secondMs = 1e3, timeoutMs = 3e4 }) {
  let waits = (retryAfterSeconds, _options, _client, retryCount) => retryAfterSeconds <= longestWaitSeconds && retryCount < retries, options = getOctokitOptions(token, {
    baseUrl: apiUrl,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: wholeFetch(timeoutMs) },
    retry: { doNotRetry: final, retries, retryAfterBaseValue: secondMs },
    throttle: {
      // The plugin spaces out what all clients of one id write.
      id: randomUUID(),
      retryAfterBaseValue: secondMs,
      onRateLimit: waits,
      onSecondaryRateLimit: waits
    }
  });
  return new (GitHub.plugin(retry, throttling))(options);
}
function wholeFetch(timeoutMs) {
  let through = defaults.request?.fetch;
  return async (url, init) => {
    let response = await through(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }), body = await response.arrayBuffer(), { status, statusText } = response;
    return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers: [...response.headers] });
  };
}

// src/action/acknowledge.ts
var acceptTrailer = "Proxyless-CI-Accept";
async function acknowledgement(request) {
  let { label } = request;
  return (await labelsOf(request)).includes(label) ? `label ${label}` : await isFromFork(request) ? void 0 : trailerOf(request);
}
var openPulls = external_exports.array(
  external_exports.object({ number: external_exports.int(), head: external_exports.object({ repo: external_exports.object({ full_name: external_exports.string() }).nullish() }) })
);
async function isFromFork({ event, api }) {
  if (event.pullRequest) return event.pullRequest.fromFork;
  if (event.name !== "merge_group") return !1;
  if (!api || event.queued === void 0) return !0;
  let { owner, repo } = ownerAndName(api.repository), client = createClient(api);
  try {
    let found2 = await client.paginate(client.rest.pulls.list, { owner, repo, state: "open", per_page: 100 });
    return openPulls.parse(found2).find(({ number }) => number === event.queued)?.head.repo?.full_name !== api.repository;
  } catch {
    return !0;
  }
}
async function trailerOf({ git, event }) {
  let { head, base } = event;
  if (!head) return;
  let log2 = (range) => gitText(git, [
    "log",
    `--format=%(trailers:key=${acceptTrailer},valueonly,separator=%x2C )`,
    "--end-of-options",
    ...range
  ]), words = ((base && !base.forced ? await log2([`${base.sha}..${head}`]) : void 0) ?? await log2(["--max-count=1", head]))?.split(`
`).find((line) => line.trim() !== "");
  return words && `trailer ${acceptTrailer}: ${words.trim()}`;
}
var labelsSchema = external_exports.array(external_exports.object({ name: external_exports.string() })), pullsSchema = external_exports.array(external_exports.object({ labels: labelsSchema }));
async function labelsOf({ event, api }) {
  let known = event.pullRequest?.labels ?? [];
  if (!api) return known;
  let { owner, repo } = ownerAndName(api.repository), { rest } = createClient(api);
  try {
    let number = event.pullRequest?.number ?? event.queued;
    if (number !== void 0) {
      let { data: data2 } = await rest.issues.listLabelsOnIssue({
        owner,
        repo,
        issue_number: number,
        per_page: 100
      });
      return labelsSchema.parse(data2).map(({ name }) => name);
    }
    if (event.name !== "push" || !event.head) return known;
    let { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ owner, repo, commit_sha: event.head });
    return pullsSchema.parse(data).flatMap(({ labels }) => labels.map(({ name }) => name));
  } catch {
    return known;
  }
}

// src/action/artifact.ts
import { existsSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join as join2 } from "node:path";

// src/action/github/failures.ts
function explainFailure(error2, intent, token, permission = "pull-requests: write") {
  let words = oneLine(error2 instanceof Error ? error2.message : String(error2), token), failure = apiFailure(error2);
  if (!failure) return `could not ${intent}: ${words}`;
  let { status } = failure, said = `could not ${intent}: GitHub answered ${status} (${words})`;
  return isRateLimit(failure) ? `${said}; the rate limit was still exceeded after waiting, so the report is in the job summary only` : status === 401 ? `${said}; github-token is wrong or has expired` : status === 403 || status === 404 ? `${said}; the token may not do that: give the job "permissions: ${permission}". On pull requests from forks the token is read-only whatever the workflow says: comment from a workflow_run workflow instead. The report is in the job summary` : status >= 500 ? `${said} or did not answer, and a retry did not help; the report is in the job summary` : said;
}
function allowedLength(error2) {
  let failure = apiFailure(error2);
  if (failure?.status !== 422 || !/too long/i.test(failure.message)) return;
  let maximum = /maximum is ([\d,]+)/.exec(failure.message)?.[1];
  return maximum ? Number(maximum.replaceAll(",", "")) : Number.NaN;
}
function failureStatus(error2) {
  return apiFailure(error2)?.status;
}
function isRateLimit({ status, message, headers }) {
  return status === 429 || status === 403 && (headers["x-ratelimit-remaining"] === "0" || /rate limit/i.test(message));
}
function apiFailure(error2) {
  if (!(error2 instanceof Error) || !("status" in error2) || typeof error2.status != "number") return;
  let response = "response" in error2 ? error2.response : void 0;
  return { status: error2.status, message: error2.message, headers: response?.headers ?? {} };
}
function oneLine(text, token) {
  return (token === "" ? text : text.replaceAll(token, "***")).replaceAll(/[\s\p{Cc}]+/gu, " ").slice(0, 300);
}

// src/action/artifact.ts
async function uploadPage({ folder, name, temporary, isPrivate, run: run2 }) {
  let page = join2(folder, "report.html"), { ACTIONS_RUNTIME_TOKEN: token } = process.env;
  if (!(!existsSync(page) || !token || !hasArtifacts(process.env)))
    try {
      let text = await readFile(page, "utf8"), root = await mkdtemp(join2(temporary, "proxyless-ci-report-")), file = join2(root, `${name}.html`);
      await writeFile(file, isPrivate ? withoutPhotos(text) : text);
      let { DefaultArtifactClient } = await import("./chunk-actions-artifact.js"), { id } = await new DefaultArtifactClient().uploadArtifact(name, [file], root, { skipArchive: !0 });
      return `${run2}/artifacts/${id}`;
    } catch (error2) {
      warning(`report.html is not uploaded: ${oneLine(error2 instanceof Error ? error2.message : String(error2), token)}`);
      return;
    }
}
function hasArtifacts(environment) {
  let { ACTIONS_RESULTS_URL: service, GITHUB_SERVER_URL: server = "https://github.com" } = environment;
  return !service || environment.FORGEJO_ACTIONS || environment.GITEA_ACTIONS ? !1 : /^(?:.*\.)?(?:github\.com|ghe\.com|localhost)$/i.test(new URL(server).hostname);
}

// src/action/github/check.ts
var maxText = 65535, maxTitle = 255, maxAnnotations = 50;
async function publishCheck(options) {
  let { repository, name, head, conclusion, title, body, annotations, token } = options, { owner, repo } = ownerAndName(repository);
  try {
    await createClient(options).rest.checks.create({
      owner,
      repo,
      name,
      head_sha: head,
      status: "completed",
      conclusion,
      output: {
        title: title.slice(0, maxTitle),
        summary: body.length > maxText ? shortenComment(body, maxText) : body,
        // GitHub takes none without a file, which a recipe that comes with this tool has not.
        annotations: annotations.filter(({ path }) => path).slice(0, maxAnnotations).map(({ path, level, title: heading, message }) => ({
          path,
          start_line: 1,
          end_line: 1,
          annotation_level: level,
          title: heading,
          message
        }))
      }
    });
    return;
  } catch (error2) {
    return explainFailure(error2, `write a check run of ${repository}`, token, "checks: write");
  }
}

// src/action/github/comment.ts
async function publishComment(options) {
  if (options.policy === "never") return { state: "skipped" };
  try {
    return { state: await publish(options) };
  } catch (error2) {
    let intent = `comment on pull request ${options.pullRequest} of ${options.repository}`;
    return { state: "refused", warning: explainFailure(error2, intent, options.token) };
  }
}
var commentSchema = external_exports.object({
  id: external_exports.int(),
  body: external_exports.string().default(""),
  // A deleted account is null.
  user: external_exports.object({ login: external_exports.string() }).nullable()
});
async function publish(options) {
  let { body, policy, failed } = options, calls = commentCalls(createClient(options), options), marked = await calls.listMarked(), [first, ...duplicates] = marked.length > 0 ? ownedBy(await calls.login(), marked) : [];
  if (!first) {
    if (policy === "on-fail" && !failed) return "skipped";
    let created = await calls.create(body);
    return await settle(calls, created, body) ? "updated" : "created";
  }
  if (await calls.remove(duplicates), isOlder(body, first.body)) return "superseded";
  let state = stateLine(body);
  return policy === "on-change" && state !== void 0 && stateLine(first.body) === state || first.body === body ? "unchanged" : (await calls.update(first, body), "updated");
}
async function settle(calls, created, body) {
  let own = ownedBy(created.user?.login, await calls.listMarked()), [first, ...duplicates] = own;
  return !first || first.id >= created.id ? !1 : (await calls.update(first, body), await calls.remove(duplicates), !0);
}
function isOlder(text, than) {
  let [ours, theirs] = [commentRun(text), commentRun(than)];
  return ours !== void 0 && theirs !== void 0 && ours.id < theirs.id && ours.head !== theirs.head;
}
function ownedBy(login, comments) {
  return comments.filter(({ user }) => user !== null && user.login === login).sort((a, b) => a.id - b.id);
}
function commentCalls(client, { repository, pullRequest, key }) {
  let { owner, repo } = ownerAndName(repository), { issues } = client.rest, marker = commentMarker(key);
  return {
    /** All pages; only comments that begin with the marker, not those that quote it. */
    async listMarked() {
      let query = { owner, repo, issue_number: pullRequest, per_page: 100 }, comments = await client.paginate(issues.listComments, query);
      return checked(external_exports.array(commentSchema), comments, "listing comments").filter(
        ({ body }) => body.startsWith(marker)
      );
    },
    /** Whose token it is. REST's /user refuses the tokens of apps, GITHUB_TOKEN among them; GraphQL tells everyone. */
    async login() {
      let answer = await client.graphql("query { viewer { login } }");
      return checked(external_exports.object({ viewer: external_exports.object({ login: external_exports.string() }) }), answer, "who am I").viewer.login;
    },
    async create(body) {
      let { data } = await fitting(
        body,
        (text) => issues.createComment({ owner, repo, issue_number: pullRequest, body: text })
      );
      return checked(commentSchema, data, "creating a comment");
    },
    async update({ id }, body) {
      await fitting(body, (text) => issues.updateComment({ owner, repo, comment_id: id, body: text }));
    },
    /** Another run may have removed them already. */
    async remove(comments) {
      for (let { id } of comments)
        try {
          await issues.deleteComment({ owner, repo, comment_id: id });
        } catch (error2) {
          if (failureStatus(error2) !== 404) throw error2;
        }
    }
  };
}
async function fitting(body, send) {
  try {
    return await send(body);
  } catch (error2) {
    let allowed = allowedLength(error2);
    if (allowed === void 0) throw error2;
    return send(shortenComment(body, allowed < body.length ? allowed : body.length / 2));
  }
}
function checked(schema, value, what) {
  let result = schema.safeParse(value);
  if (!result.success)
    throw new Error(`GitHub's answer to ${what} is not what its API describes; is there a proxy in between?`);
  return result.data;
}

// src/action/report.ts
import { existsSync as existsSync2 } from "node:fs";
import { join as join3 } from "node:path";
var maxAnnotations2 = 9;
function setOutputs({ result, folder, model }, accepted) {
  let network = result.networks.find(({ role }) => role === "head"), base = result.networks.find(({ role }) => role === "base"), compared = (metric) => result.comparisons?.find((one) => one.metric === metric), [latency2, miou] = [compared("latency"), compared("miou")], values = {
    verdict: result.verdict,
    accepted,
    miou: judgedMiou(network),
    "latency-p50-ms": network?.latencyP50Ms,
    "latency-p95-ms": network?.latencyP95Ms,
    "base-latency-p50-ms": base?.latencyP50Ms,
    "latency-change": latency2?.change,
    "latency-change-low": latency2?.interval[0],
    "latency-change-high": latency2?.interval[1],
    "latency-noise-floor": latency2?.noiseFloor,
    "base-miou": judgedMiou(base),
    "miou-change": miou?.change,
    "miou-change-low": miou?.interval[0],
    "miou-change-high": miou?.interval[1],
    macs: network?.macs,
    parameters: network?.parameters,
    model: model ?? existing(folder, "model.onnx"),
    architecture: existing(folder, "architecture.json"),
    "latency-table": existing(folder, "latency-table.json"),
    report: existing(folder, "report.md"),
    "report-html": existing(folder, "report.html"),
    "report-json": existing(folder, "result.json")
  };
  for (let [name, value] of Object.entries(values)) setOutput(name, value ?? "");
}
function existing(folder, name) {
  let path = join3(folder, name);
  return existsSync2(path) ? path : void 0;
}
var hasRegressed = ({ verdict, comparisons = [] }) => verdict === "regression" || comparisons.some(({ outcome }) => outcome === "fail");
function failsStep(result, failOn, accepted) {
  let { verdict, budgets, comparisons = [] } = result, isOpen = budgets.some(({ met }) => met === null) || comparisons.some(({ outcome }) => outcome === "inconclusive"), found2 = {
    regression: hasRegressed(result) && accepted === void 0,
    budget: verdict === "budget-missed",
    inconclusive: verdict === "inconclusive" || accepted !== void 0 && hasRegressed(result) && failOn.includes("regression") && isOpen
  };
  return failOn.some((kind) => found2[kind]);
}
function annotationsOf({ budgets, comparisons = [] }, path) {
  return [
    ...budgets.map((budget) => ({
      ok: budget.met,
      title: `Budget ${budget.name}`,
      message: `${budgetAmount(budget.name, budget.actual)} of ${budgetAmount(budget.name, budget.limit)}: ${budgetState(budget)}`
    })),
    ...comparisons.map(({ metric, outcome, reason: why }) => ({
      ok: outcome === "inconclusive" ? null : outcome === "pass",
      title: `Comparison of ${metric}`,
      message: why
    }))
  ].filter(({ ok }) => ok !== !0).map(({ ok, title, message }) => ({ path, level: ok === !1 ? "failure" : "warning", title, message }));
}
function judge(result, annotations, fails) {
  let annotate = (level, write2) => {
    for (let { title, message, path } of annotations.filter((one) => one.level === level).slice(0, maxAnnotations2))
      write2(message, { title, ...path ? { file: path } : {} });
  };
  annotate("failure", error), annotate("warning", warning), fails ? setFailed(result.reason) : result.verdict !== "pass" && warning(result.reason);
}

// src/action/trend.ts
import { join as join4 } from "node:path";

// src/contracts/history.ts
var mostEntries = 100, positive = external_exports.number().positive(), entrySchema = external_exports.object({
  commit: external_exports.string().min(1),
  createdAt: external_exports.iso.datetime(),
  /** Key of the machine and of what else a latency depends on. */
  hardware: external_exports.string().min(1),
  miou: external_exports.number().min(0).max(1).optional(),
  latencyP50Ms: positive,
  latencyP50IntervalMs: external_exports.tuple([positive, positive]),
  /** Who said that a regression of this commit is meant. */
  accepted: external_exports.string().optional(),
  /** Latency over that of a baseline in the same rounds: whatever slows the machine down slows both. */
  ratio: external_exports.object({ baseline: external_exports.string(), value: positive }).optional()
}), historySchema = external_exports.object({
  schema: external_exports.literal("proxyless-ci/history@1"),
  entries: external_exports.array(entrySchema).max(mostEntries)
});

// src/verdict/autocorrelation.ts
function autocorrelationOf(residuals) {
  let pairs = residuals.flatMap((group) => group.slice(1).map((value, i) => [group[i], value])), n = pairs.length;
  if (n < 3) return 0;
  let ranks = sampleRankCorrelation(
    pairs.map(([before]) => before),
    pairs.map(([, after]) => after)
  );
  if (!Number.isFinite(ranks)) return 0;
  let found2 = 2 * Math.sin(Math.PI * ranks / 6), restored = (n * found2 + removed) / Math.max(1, n - 2 * removed);
  return Math.min(0.9, Math.max(0, restored));
}
var removed = 2;
function varianceInflation(correlation, n) {
  let sum = 0;
  for (let lag = 1; lag < n; lag++) {
    let ofRanks = 6 / Math.PI * Math.asin(correlation ** lag / 2);
    sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * ofRanks;
  }
  return n < 3 ? 1 : 1 + 2 * sum / (n * (n - 1) * (n - 2));
}

// src/verdict/drift.ts
var fewestPairs = 28, fewestBeside = 3, rareScores = { drift: 3.09, step: 4 };
function findDrift(observations) {
  let groups2 = groupsOf(observations), slope = slopeOf(groups2);
  if (!slope) return;
  let step = stepOf(groups2), flat = (model) => groups2.map((group) => residualsOf(group, model)), line = flat((at) => slope.value * at), stair = step && flat((at) => at >= step.at ? step.value : 0), isStep = stair !== void 0 && absoluteSum(stair) < absoluteSum(line), correlation = autocorrelationOf(isStep ? stair : line), inflation = varianceInflation(correlation, Math.max(...groups2.map(({ length }) => length))), drift = slope.movement(inflation), jump = step && { at: step.at, ...step.movement(inflation) }, rare = Math.abs(drift.score) > rareScores.drift || Math.abs(jump?.score ?? 0) > rareScores.step;
  return { kind: isStep ? "step" : "drift", rare, slope: drift, step: jump, correlation };
}
function groupsOf(observations) {
  let groups2 = /* @__PURE__ */ new Map();
  for (let observation of observations)
    groups2.set(observation.group, [...groups2.get(observation.group) ?? [], observation]);
  return [...groups2.values()];
}
function slopeOf(groups2) {
  let slopes = [], statistic = 0, variance = 0;
  for (let group of groups2) {
    for (let [i, later] of group.entries())
      for (let earlier of group.slice(0, i)) {
        let slope = (later.value - earlier.value) / (later.at - earlier.at);
        slopes.push(slope), statistic += Math.sign(slope);
      }
    variance += varianceOf(group.map(({ value }) => value));
  }
  return slopes.length < fewestPairs ? void 0 : found(slopes, statistic, variance);
}
function stepOf(groups2) {
  let places = [...new Set(groups2.flat().map(({ at }) => at))].sort((a, b) => a - b), standings = groups2.map((group) => ({
    group,
    sums: group.map(({ value }) => group.reduce((sum, other) => sum + Math.sign(other.value - value), 0)),
    before: 0,
    statistic: 0
  })), best;
  for (let at of places) {
    let [statistic, variance, before, after] = [0, 0, 0, 0];
    for (let standing of standings) {
      let { group, sums } = standing;
      for (; standing.before < group.length && group[standing.before].at < at; standing.before++)
        standing.statistic += sums[standing.before];
      let [m, n] = [standing.before, group.length - standing.before];
      statistic += standing.statistic, variance += m * n * (m + n + 1) / 3, !(m === 0 || n === 0) && (before += m, after += n);
    }
    if (Math.min(before, after) < fewestBeside) continue;
    let score = Math.abs(statistic) / Math.sqrt(variance);
    (!best || score > best.score) && (best = { at, score, statistic, variance });
  }
  return best && { at: best.at, ...found(differencesAcross(groups2, best.at), best.statistic, best.variance) };
}
function differencesAcross(groups2, place) {
  return groups2.flatMap((group) => {
    let before = group.filter(({ at }) => at < place);
    return group.filter(({ at }) => at >= place).flatMap((later) => before.map((earlier) => later.value - earlier.value));
  });
}
function found(values, statistic, variance) {
  let pairs = Float64Array.from(values).sort(), value = medianOf(pairs), middle = pairs.length / 2, at = (index) => pairs[Math.min(pairs.length - 1, Math.max(0, index))];
  return {
    value,
    movement: (inflation) => {
      let deviation = Math.sqrt(inflation * variance), half = probit(0.975) * deviation / 2;
      return {
        value,
        interval: [at(Math.floor(middle - half) - 1), at(Math.ceil(middle + half))],
        score: deviation === 0 ? 0 : (statistic - Math.sign(statistic)) / deviation
      };
    }
  };
}
function residualsOf(group, model) {
  let rest = group.map(({ at, value }) => value - model(at)), level = medianOf(Float64Array.from(rest).sort()), rounding = 1e-9 * Math.max(...group.map(({ value }) => Math.abs(value)));
  return rest.map((value) => Math.abs(value - level) > rounding ? value - level : 0);
}
var medianOf = (sorted) => (sorted[sorted.length - 1 >> 1] + sorted[sorted.length >> 1]) / 2, absoluteSum = (groups2) => groups2.flat().reduce((sum, value) => sum + Math.abs(value), 0);
function varianceOf(values) {
  let term = (n) => n * (n - 1) * (2 * n + 5), ties = /* @__PURE__ */ new Map();
  for (let value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  return [...ties.values()].reduce((sum, count2) => sum - term(count2), term(values.length)) / 18;
}

// src/verdict/trend.ts
function entryOf({ commit, createdAt, hardware, networks }) {
  let judged = networks.find(({ role }) => role === "head");
  if (!commit || !judged?.latencyP50Ms || !judged.latencyP50IntervalMs) return;
  let { latencyP50Ms, latencyP50IntervalMs } = judged, miou = judgedMiou(judged), baselines = networks.filter(({ role, latencyP50Ms: ms }) => role === "baseline" && ms), baseline = baselines.find(({ name }) => name === "mobilenetv3-large") ?? baselines[0];
  return {
    commit,
    createdAt,
    hardware: hardware.key,
    ...miou === void 0 ? {} : { miou },
    latencyP50Ms,
    latencyP50IntervalMs,
    ...baseline ? { ratio: { baseline: baseline.name, value: latencyP50Ms / baseline.latencyP50Ms } } : {}
  };
}
function withEntry(entries, entry, most = mostEntries) {
  let at = entries.findIndex(({ commit, hardware }) => commit === entry.commit && hardware === entry.hardware);
  if (at < 0) return [...entries, entry].slice(-most);
  let { accepted } = entries[at];
  return entries.with(at, { ...accepted === void 0 ? {} : { accepted }, ...entry });
}
function trendOf(branch, entries) {
  let from = Math.max(
    0,
    entries.findLastIndex(({ accepted }) => accepted !== void 0)
  ), compared = entries.slice(from), baseline = entries.at(-1)?.ratio?.baseline, latencyIn = ({ ratio, latencyP50Ms }) => baseline === void 0 ? latencyP50Ms : ratio?.baseline === baseline ? ratio.value : void 0, series = (observe) => compared.flatMap((entry, at) => {
    let observation = observe(entry);
    return observation ? [{ ...observation, at }] : [];
  }), latencies = series((entry) => {
    let value = latencyIn(entry);
    return value === void 0 ? void 0 : { group: entry.hardware, value: Math.log(value) };
  }), accuracies = series(({ miou }) => miou === void 0 ? void 0 : { group: "all", value: miou });
  return {
    branch,
    entries,
    compared,
    baseline,
    latency: findDrift(latencies),
    miou: findDrift(accuracies)
  };
}

// src/action/history-branch.ts
import { setTimeout as sleep } from "node:timers/promises";
var mostKept = 5e3, attempts = 5, fileSchema = external_exports.object({
  schema: external_exports.literal("proxyless-ci/histories@1"),
  /** By what results are about. */
  subjects: external_exports.record(external_exports.string(), external_exports.object({ title: external_exports.string(), entries: external_exports.array(entrySchema).max(mostKept) }))
});
async function readHistory(place, { id }) {
  let stored = await read(createClient(place), place, "history.json");
  return stored ? historiesOf(stored.text).subjects[id]?.entries ?? [] : [];
}
async function addToHistory(place, subject, entry) {
  let client = createClient(place), page = historyPage(await pageAssets("history"));
  for (let attempt = 1; ; attempt++)
    try {
      let stored = await read(client, place, "history.json"), text = withAdded(stored && historiesOf(stored.text), subject, entry);
      await write(client, place, "history.json", text, stored);
      let shown = await read(client, place, "index.html");
      shown?.text !== page && await write(client, place, "index.html", page, shown);
      return;
    } catch (error2) {
      if (![409, 422].includes(failureStatus(error2) ?? 0) || attempt === attempts) throw error2;
      await sleep((place.secondMs ?? 1e3) * attempt);
    }
}
var historiesOf = (text) => parseJson(text, "history.json", fileSchema);
function withAdded(histories, { id, title }, entry) {
  let subjects = histories?.subjects ?? {}, entries = withEntry(subjects[id]?.entries ?? [], entry, mostKept), file = { schema: "proxyless-ci/histories@1", subjects: { ...subjects, [id]: { title, entries } } };
  return `${JSON.stringify(file)}
`;
}
var contentSchema = external_exports.object({ content: external_exports.string(), encoding: external_exports.string(), sha: external_exports.string() });
async function read(client, { repository, branch, folder }, name) {
  let { owner, repo } = ownerAndName(repository);
  try {
    let path = `${folder}/${name}`, where = { owner, repo, path, ref: branch, mediaType: { format: "object" } }, { content, encoding, sha: sha2 } = contentSchema.parse((await client.rest.repos.getContent(where)).data), encoded = encoding === "base64" ? content : (await client.rest.git.getBlob({ owner, repo, file_sha: sha2 })).data.content;
    return { text: Buffer.from(encoded, "base64").toString("utf8"), sha: sha2 };
  } catch (error2) {
    if (failureStatus(error2) === 404) return;
    throw error2;
  }
}
async function write(client, place, name, text, stored) {
  let { repository, branch, folder } = place, { owner, repo } = ownerAndName(repository), path = `${folder}/${name}`, message = `proxyless-ci: ${name}`, content = Buffer.from(text).toString("base64");
  try {
    let sha2 = stored ? { sha: stored.sha } : {};
    await client.rest.repos.createOrUpdateFileContents({ owner, repo, path, branch, message, content, ...sha2 });
  } catch (error2) {
    if (failureStatus(error2) !== 404 || stored) throw error2;
    await createBranch(client, place, { path, text, message });
  }
}
async function createBranch(client, { repository, branch }, { path, text, message }) {
  let { owner, repo } = ownerAndName(repository), { git } = client.rest, tree = await git.createTree({ owner, repo, tree: [{ path, mode: "100644", type: "blob", content: text }] }), commit = await git.createCommit({ owner, repo, message, tree: tree.data.sha, parents: [] });
  await git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: commit.data.sha });
}

// src/action/trend.ts
var writers = ["push", "schedule"];
async function followTrend(result, context) {
  let { work, model, accepted, event, inputs, place } = context, branch = event.branch ?? event.base?.branch, found2 = entryOf(result), entry = found2 && accepted ? { ...found2, accepted } : found2;
  if (branch === void 0 || !entry) return;
  let id = subjectOf(result, work, model, branch, inputs.commentKey), isWriter = event.branch !== void 0 && writers.includes(event.name), { height, width } = result.input, use = inputs.title ? `, ${inputs.title}` : "", title = `${model ?? result.recipe}, ${height} x ${width}, ${branch}${use}`, entries = place ? await onBranch(place, { id, title }, entry, isWriter && event.branch === event.defaultBranch) : await inCache(context, id, entry, isWriter);
  return entries.length > 0 ? trendOf(branch, entries) : void 0;
}
async function inCache({ cache, temporary, runId }, id, entry, isWriter) {
  let key = `proxyless-ci-history-${id}-`, folder = join4(temporary, key), kept = await restoreHistory(cache, folder, key), entries = isWriter ? withEntry(kept, entry) : kept;
  return isWriter && await keepHistory(cache, folder, `${key}${runId}-${entry.hardware}`, entries), entries;
}
async function onBranch(place, subject, entry, isWriter) {
  try {
    let kept = (await readHistory(place, subject)).slice(-mostEntries);
    return isWriter ? (await addToHistory(place, subject, entry), withEntry(kept, entry)) : kept;
  } catch (error2) {
    let intent = `keep the history on branch ${place.branch} of ${place.repository}`;
    return notice(`trend: ${explainFailure(error2, intent, place.token, "contents: write")}`), isWriter ? [entry] : [];
  }
}
function subjectOf({ recipe, input }, work, model, branch, commentKey) {
  let judged = work.mode === "gate" ? model : recipe, subject = [work.mode, judged, input.height, input.width, branch, commentKey];
  return shortHash(subject);
}
var fileIn = (folder) => join4(folder, "history.json");
async function restoreHistory(cache, folder, key) {
  if (!await cache.restore(folder, key)) return [];
  try {
    return (await readJson(fileIn(folder), historySchema)).entries;
  } catch (error2) {
    return notice(
      `trend: the history starts again, because the kept one is damaged or of another version: ${error2.message}`
    ), [];
  }
}
async function keepHistory(cache, folder, key, entries) {
  try {
    await writeJson(fileIn(folder), { schema: "proxyless-ci/history@1", entries }), await cache.save(folder, key);
  } catch (error2) {
    notice(`trend: the history was not kept: ${error2.message}`);
  }
}

// src/action/publish.ts
var summaryBytes = 1e6;
async function publish2(work, context) {
  let { inputs, event, git } = context, results = await readJudged(work, inputs.out), [worst] = worstFirst(results.map((one) => ({ ...one, model: one.model ?? "" }))), accepted = results.some(({ result }) => hasRegressed(result)) ? await acknowledged(context) : void 0, judged = { ...worst, model: worst.model || void 0 };
  setOutputs(judged, accepted);
  let { historyBranch: branch, historyPath: folder, token } = inputs, place = branch && token ? { ...access(token), branch, folder } : void 0, trends = [];
  for (let { result, model } of results) {
    let trend = await followTrend(result, {
      ...context,
      work,
      model,
      accepted: hasRegressed(result) ? accepted : void 0,
      place,
      cache: context.caches("history")
    });
    trend && trends.push(trend);
  }
  let page = await uploadPages(results, worst.folder, context), { GITHUB_RUN_ID: id } = process.env, text = {
    key: inputs.commentKey,
    title: inputs.title,
    accepted,
    run: id && event.head ? { id: Number(id), head: event.head } : void 0,
    origin: `[this run](${runAddress()})${page ? ` \xB7 [report.html](${page})` : ""}`,
    trend: results.length === 1 ? trends[0] : void 0
  }, render = (options) => results.length === 1 ? commentMarkdown(worst.result, options) : severalMarkdown(
    results.map(({ result, model = "" }) => ({ model, result })),
    options
  );
  process.env.GITHUB_STEP_SUMMARY && await summary.addRaw(render({ ...text, maxBytes: summaryBytes })).write();
  let failing = [worst, ...results].find(({ result }) => failsStep(result, inputs.failOn, accepted)), fails = failing !== void 0, body = render(text);
  event.pullRequest && await comment(body, fails, inputs, event.pullRequest.number);
  let paths = await Promise.all(results.map(({ model }) => pathInRepository(work, model, git))), annotations = results.flatMap(({ result }, i) => annotationsOf(result, paths[i]));
  if (inputs.checkRun && await check(body, fails, judged, annotations, context), judge((failing ?? worst).result, annotations, fails), event.branch) for (let drifting of trends.flatMap(driftWarnings)) warning(drifting);
}
async function uploadPages(results, worst, { inputs, temporary, isPrivate }) {
  let { GITHUB_JOB: job, GITHUB_RUN_ATTEMPT: attempt = "1" } = process.env, again = attempt === "1" ? "" : `-attempt-${attempt}`, prefix = `${inputs.commentKey}${job ? `-${job}` : ""}-report${again}`, found2;
  for (let [i, { folder }] of results.entries()) {
    let name = `${prefix}${results.length > 1 ? `-${i + 1}` : ""}`, address = await uploadPage({ folder, name, temporary, isPrivate, run: runAddress() });
    folder === worst && (found2 = address);
  }
  return found2;
}
async function readJudged(work, out) {
  if (work.mode !== "gate")
    return [{ result: await readResult(join5(out, "result.json")), folder: out, model: void 0 }];
  let only = work.models.length === 1, results = [];
  for (let model of work.models) {
    let folder = gateFolder(out, model, only);
    results.push({ result: await readResult(join5(folder, "result.json")), folder, model });
  }
  if (!only) {
    let listed = results.map(({ model, result }) => ({ model, result }));
    await writeJson(join5(out, "results.json"), { schema: "proxyless-ci/results@1", results: listed });
  }
  return results;
}
function acknowledged({ inputs, event, git }) {
  let api = inputs.token ? access(inputs.token) : void 0;
  return acknowledgement({ git, event, label: inputs.acceptLabel, api });
}
async function comment(body, failed, inputs, pullRequest) {
  let { comment: policy, commentKey: key, token } = inputs;
  if (policy === "never") return;
  let other = otherForge(process.env);
  if (other) return warning(`no comment: ${other}; the report is in the job summary`);
  if (!token) return warning("no comment: github-token is empty; the report is in the job summary");
  tell(await publishComment({ ...access(token), pullRequest, body, key, policy, failed }));
}
async function check(body, fails, { result }, annotations, { inputs, event }) {
  if (otherForge(process.env) || !inputs.token || !event.head || !(isProposal(event) || event.branch))
    return warning("no check run: github-token is empty, the event has no commit, or this is not GitHub");
  let conclusion = fails ? "failure" : result.verdict === "pass" ? "success" : "neutral", what = inputs.title ?? (inputs.commentKey === defaultCommentKey ? void 0 : inputs.commentKey), name = what ? `proxyless-ci (${what})` : "proxyless-ci", refused = await publishCheck({
    ...access(inputs.token),
    name,
    head: event.head,
    conclusion,
    title: result.reason,
    body,
    annotations
  });
  refused && warning(refused);
}
function otherForge({ FORGEJO_ACTIONS, GITEA_ACTIONS }) {
  if (!(!FORGEJO_ACTIONS && !GITEA_ACTIONS))
    return "Forgejo and Gitea have no GraphQL API, so whose token it is, and with that which comment is the Action's, cannot be told";
}
function tell(outcome) {
  outcome.state === "refused" ? warning(outcome.warning) : say(`comment: ${outcome.state}`);
}
function access(token) {
  let { GITHUB_API_URL: apiUrl = "https://api.github.com", GITHUB_REPOSITORY: repository = "" } = process.env;
  return { token, apiUrl, repository };
}
function runAddress() {
  let {
    GITHUB_SERVER_URL: server = "https://github.com",
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: id
  } = process.env;
  return `${server}/${repository}/actions/runs/${id}`;
}
async function pathInRepository(work, model, git) {
  let file = work.mode === "gate" ? model : work.recipe.startsWith("./") ? work.recipe.slice(2) : void 0, prefix = await gitText(git, ["rev-parse", "--show-prefix"]) ?? "";
  return file === void 0 ? "" : posix.join(prefix, file.split(sep).join(posix.sep));
}

// src/action/workflow-run.ts
import { constants } from "node:fs";
import { open } from "node:fs/promises";
var maxReportBytes = 1024 * 1024, sha = external_exports.string().regex(/^[0-9a-f]{40,64}$/), eventSchema = external_exports.object({
  workflow_run: external_exports.object({
    id: external_exports.int(),
    event: external_exports.string(),
    /** `success`, `failure`, `timed_out` ... */
    conclusion: external_exports.string().nullable().default(null),
    head_sha: sha,
    head_branch: external_exports.string().min(1).nullable(),
    /** Null where the fork was deleted. */
    head_repository: external_exports.object({ full_name: external_exports.string(), owner: external_exports.object({ login: external_exports.string() }) }).nullable(),
    html_url: external_exports.url({ protocol: /^https?$/ }),
    /** Empty for forks. */
    pull_requests: external_exports.array(external_exports.object({ number: external_exports.int().min(1) }))
  })
});
async function publishFromWorkflowRun(options) {
  let { policy, key, token } = options;
  if (policy === "never") return { state: "skipped" };
  let { workflow_run: run2 } = checkSchema(options.event, "the workflow_run event", eventSchema);
  try {
    let result = await readUntrusted(options.reportFile), pullRequest = await findPullRequest(run2, options), link = `[this run](${encodeURI(run2.html_url)})`, text = { key, run: { id: run2.id, head: run2.head_sha } };
    if (!result) {
      let body2 = lostMarkdown({ ...text, origin: link, conclusion: run2.conclusion ?? "unknown" });
      return await publishComment({ ...options, pullRequest, body: body2, failed: !0 });
    }
    let shown = { ...result, commit: run2.head_sha.slice(0, 7) }, body = commentMarkdown(shown, { ...text, origin: `figures as reported by ${link}` });
    return await publishComment({ ...options, pullRequest, body, failed: isFailure(result) });
  } catch (error2) {
    if (error2 instanceof UserError) return { state: "refused", warning: oneLine(error2.message, token) };
    let intent = `find the pull request of workflow run ${run2.id}`;
    return { state: "refused", warning: explainFailure(error2, intent, token) };
  }
}
async function readUntrusted(path) {
  let text = await readCapped(path);
  return text === void 0 ? void 0 : parseJson(text, path, resultSchema);
}
async function readCapped(path) {
  try {
    let file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      let stat = await file.stat();
      if (!stat.isFile()) throw new UserError(`${path}: not a file; name the report within the artifact`);
      if (stat.size > maxReportBytes)
        throw new UserError(
          `${path}: is not a result: it has ${stat.size} bytes, and a result has at most ${maxReportBytes}`
        );
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error2) {
    if (errorCode(error2) === "ELOOP")
      throw new UserError(`${path}: a symbolic link; an artifact's report must be a file`);
    if (errorCode(error2) === "ENOENT") return;
    throw error2;
  }
}
var pullsSchema2 = external_exports.array(
  external_exports.object({
    number: external_exports.int().min(1),
    head: external_exports.object({ sha, repo: external_exports.object({ full_name: external_exports.string() }).nullable() })
  })
);
async function findPullRequest(run2, options) {
  let { head_repository: head, head_branch: branch, head_sha: commit } = run2;
  if (run2.event !== "pull_request")
    throw new UserError(
      `workflow run ${run2.id} was started by ${run2.event}, not by a pull request: there is nothing to comment on`
    );
  if (!head || !branch)
    throw new UserError(`workflow run ${run2.id}: its fork or branch no longer exists: there is nothing to comment on`);
  let { owner, repo } = ownerAndName(options.repository), client = createClient(options), answer = await client.paginate(client.rest.pulls.list, {
    owner,
    repo,
    state: "open",
    head: `${head.owner.login}:${branch}`,
    per_page: 100
  }), pulls = checkSchema(answer, "GitHub's list of pull requests", pullsSchema2).filter(
    (pull) => pull.head.sha === commit && pull.head.repo?.full_name === head.full_name
  ), named = pulls.filter(({ number }) => run2.pull_requests.some((pull) => pull.number === number)), [found2, another] = named.length > 0 ? named : pulls;
  if (!found2)
    throw new UserError(
      `no open pull request has commit ${commit.slice(0, 7)} as its head: it was closed, or has newer commits, and their run will comment`
    );
  if (another)
    throw new UserError(
      `pull requests ${pulls.map(({ number }) => number).join(" and ")} have the same head ${commit.slice(0, 7)}: the run may belong to either`
    );
  return found2.number;
}

// src/action/run.ts
async function run() {
  let interruption = handleSignals(say);
  try {
    await runAction(interruption.signal);
  } catch (error2) {
    endGroup();
    let exitCode = interruption.exitCode();
    if (exitCode === void 0 || !(error2 instanceof Error && error2.name === "AbortError")) return fail(error2);
    warning("canceled; the next run of the same recipe, data and code resumes here"), process.exitCode = exitCode;
  }
}
async function runAction(signal) {
  let workspace = await enterWorkspace(process.env.GITHUB_WORKSPACE ?? process.cwd(), getInput(workingDirectory)), inputs = await loadInputs(getInput, workspace);
  inputs.token && setSecret(inputs.token);
  let event = await loadEvent(process.env);
  if (event.name === "workflow_run") return commentOnRun(inputs);
  let work = chooseWork(inputs, event), { GITHUB_RUN_ID: id, GITHUB_RUN_ATTEMPT: attempt, RUNNER_TEMP: temporary = tmpdir() } = process.env;
  startGroup(`proxyless-ci: ${work.mode}${work.recipe ? ` by recipe ${work.recipe}` : ""}`);
  let progress = createProgress(log, { tty: !1 }), { runWork } = await import("./chunk-action-work.js"), runId = `${id}-${attempt}`, git = await openGit(workspace, temporary), caches = openCaches(inputs.cache), job = { inputs, event, workspace, git, temporary, runId, caches, commit: event.head }, outcome = await runWork(work, { ...job, progress, signal });
  endGroup(), say(outcome.summary), typeof inputs.shard != "object" && await publish2(work, { ...job, isPrivate: outcome.isPrivate });
}
async function commentOnRun({ mode, token, out, commentKey: key, comment: policy }) {
  if (mode !== "auto")
    throw new UserError(`input: mode: on workflow_run the Action only comments; leave out mode ${mode}`);
  if (!token) throw new UserError("input: github-token: on workflow_run the Action only comments, which needs one");
  let event = await readJson(process.env.GITHUB_EVENT_PATH, external_exports.unknown()), reportFile = join6(out, "result.json");
  tell(await publishFromWorkflowRun({ ...access(token), event, reportFile, key, policy }));
}
export {
  run
};
