import { detectBlock } from '../src/runtime/block.ts';
import { loadArchitecture } from '../src/network/architecture.ts';
import { networkModules, spaceModules } from '../src/network/modules.ts';
import { loadSpace } from '../src/network/space.ts';
import { modulesOf } from '../src/training/step.ts';
import { openPeer } from './peer.ts';
import { timeBlocks } from './training-blocks.ts';
const block = await detectBlock();
const peer = await openPeer();
const which = process.argv[2];
let modules: any[];
if (which === 'large') modules = modulesOf(networkModules(await loadArchitecture('mobilenetv3-large'), { height: 160, width: 160 }));
else { const p = spaceModules(await loadSpace('person'), { height: 224, width: 224 }); const seen = new Set<string>(); modules = [p.head, ...p.layers.flat(), p.tail].filter((m) => !seen.has(m.signature) && seen.add(m.signature)); }
await timeBlocks(modules.map((module) => ({ name: module.signature.slice(0, 40), module })), { block, threads: 2, rounds: 4, peer });
peer?.close();
