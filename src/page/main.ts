// The report page: reads the data that the page holds, and builds its sections.
import type { PageData } from '../contracts/page.ts';
import { section } from './dom.ts';
import { plotTradeOff } from './plot.ts';
import { architecture, budgets, comparisons, header, latencyTable, networks } from './sections.ts';
import { tryIt } from './try-it.ts';

const data: PageData = JSON.parse(document.getElementById('data')!.textContent!);
const main = document.querySelector('main')!;
const plot = document.createElement('div');
const sections = [
  header(data),
  section('trade-off', 'Accuracy over latency', plot),
  networks(data),
  comparisons(data),
  budgets(data),
  tryIt(data.tryIt),
  architecture(data),
  latencyTable(data),
];
main.append(...sections.filter((part) => part !== undefined));
plotTradeOff(plot, data.result);
