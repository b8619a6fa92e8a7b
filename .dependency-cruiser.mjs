// The arrows between the folders of src/ (docs/design/house.md draws them). `npm run lint` checks them with dependency-cruiser.

/** What each folder may import beside itself. Contracts are types and schemas, so they may be known from anywhere above lib. */
const mayImport = {
  lib: [],
  contracts: ['lib'],
  metrics: ['lib', 'contracts'],
  graph: ['lib'],
  runtime: ['lib', 'contracts', 'graph'],
  network: ['lib', 'contracts', 'graph'],
  quantization: ['lib', 'contracts', 'graph', 'runtime'],
  data: ['lib', 'contracts'],
  matting: ['lib'],
  autodiff: ['lib', 'graph', 'runtime', 'network'],
  training: ['lib', 'contracts', 'graph', 'runtime', 'network', 'autodiff'],
  latency: ['lib', 'contracts', 'metrics', 'graph', 'runtime', 'network'],
  nas: ['lib', 'contracts', 'network', 'autodiff', 'training', 'latency'],
  verdict: ['lib', 'contracts', 'metrics'],
  report: ['lib', 'contracts'],
  page: ['lib', 'contracts'],
  pipeline: [
    'lib',
    'contracts',
    'metrics',
    'graph',
    'runtime',
    'network',
    'quantization',
    'data',
    'matting',
    'autodiff',
    'training',
    'latency',
    'nas',
    'verdict',
    'report',
  ],
  cli: ['lib', 'contracts', 'pipeline'],
  action: ['lib', 'contracts', 'pipeline', 'report', 'verdict'],
};

const folders = Object.keys(mayImport).join('|');

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files do not import each other in a circle.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'known-folders',
      comment: 'Every file of src/ is in a folder that this file names.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(?:${folders})/` },
      to: {},
    },
    {
      name: 'no-unresolved',
      comment: 'Every import can be found.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...Object.entries(mayImport).map(([folder, others]) => ({
      name: `arrows-of-${folder}`,
      comment: `src/${folder} may import ${others.length > 0 ? others.join(', ') : 'nothing'} of src/.`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(?:${[folder, ...others].join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    detectJSDocImports: false,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
