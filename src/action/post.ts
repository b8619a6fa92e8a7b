// The Action's post step: it runs at the end of the job, also of one that was cancelled.
import { fail } from './failure.ts';
import { keepEntries } from './keep.ts';

try {
  await keepEntries();
} catch (error) {
  fail(error);
}
