// A result as Markdown for report.md: verdict first, then everything that it rests on.
import type { Result } from '../contracts/result.ts';
import { diagnosisSection } from './diagnosis.ts';
import { escapeName, escapeSentence } from './escape.ts';
import { verdictWords } from './format.ts';
import { frontSection } from './front.ts';
import { int8Section } from './int8.ts';
import {
  accuracyTable,
  architectureTable,
  budgetsTable,
  candidatesTable,
  comparisonsList,
  improvedPhotos,
  networksTable,
  operatorsTable,
  searchFacts,
  setsTable,
  settingsTable,
  warningsText,
  worstPicture,
  worstTable,
} from './sections.ts';

/** The whole report. Stages that the result does not have are left out. */
export function markdownReport(result: Result): string {
  const sections: [heading: string, content: string | undefined][] = [
    ['Accuracy', accuracyTable(result)],
    ['By data set', setsTable(result)],
    ['Worst photos', worstParts(result)],
    ['Most improved photos', improvedPhotos(result)],
    ['Against base', comparisonsList(result)],
    ['Why slower', operatorsTable(result)],
    ['int8', int8Section(result)],
    ['Budgets', budgetsTable(result)],
    [`Architecture ${escapeName(result.architecture?.name ?? '')}`, architectureTable(result)],
    ['Front', frontSection(result)],
    ['Did the search work?', diagnosisSection(result)],
    ['Search', searchFacts(result)],
    ['Candidates', candidatesTable(result)],
    ['How it was measured', settingsTable(result)],
  ];
  const parts = [
    `**${verdictWords[result.verdict]}.** ${escapeSentence(result.reason)}`,
    warningsText(result),
    networksTable(result),
    ...sections.map(([heading, content]) => content && `## ${heading}\n\n${content}`),
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function worstParts(result: Result): string | undefined {
  const parts = [worstTable(result), worstPicture(result)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
