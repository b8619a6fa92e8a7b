// The report page: reads the data that the page holds, and builds its sections.
import type { PageData } from '../contracts/page.ts';
import { trainingCurves } from './curves.ts';
import { diagnosis } from './diagnosis.ts';
import { latencies } from './latencies.ts';
import { photos } from './photos.ts';
import { architecture, budgets, comparisons, front, header, latencyTable, networks } from './sections.ts';
import { tradeOff } from './trade-off.ts';
import { tryIt } from './try-it.ts';

const data: PageData = JSON.parse(document.getElementById('data')!.textContent!);
const sections = [
  header(data),
  tradeOff(data),
  networks(data),
  front(data),
  comparisons(data),
  budgets(data),
  tryIt(data.tryIt),
  photos(data),
  latencies(data),
  trainingCurves(data),
  diagnosis(data),
  architecture(data),
  latencyTable(data),
];
document.querySelector('main')!.append(...sections.filter((part) => part !== undefined));
