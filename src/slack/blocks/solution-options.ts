import type { PlainTextOption } from '@slack/types';
import { readable } from '../../partner-central/readable.ts';
import type { SolutionsFound } from '../../submissions/changes/solutions.ts';
import * as words from '../../words/fix.ts';
import { type Note, notes } from '../../words/pick.ts';
import { LIMITS } from '../limits.ts';
import { cut } from '../text.ts';
import { foreignPlain, plain } from './elements.ts';

/** What a search for a solution offers. A line that only says something has a value that is no solution's ID. */
export function solutionOptions(found: SolutionsFound): { readonly options: PlainTextOption[] } {
  switch (found.type) {
    case 'found':
      return found.solutions.length === 0
        ? said(words.solutionNotes.nothing)
        : { options: found.solutions.slice(0, LIMITS.options).map(optionOf) };
    case 'unavailable':
      return said(words.solutionNotes[found.why]);
    case 'not-permitted':
      return said(notes[found.why.reason]);
    case 'permission-unknown':
      return said(notes.permissionUnknown);
    case 'unknown-form':
      return said(notes.unknownForm);
  }
}

/** The ID is never cut: it is what is read once it is chosen. */
function optionOf({ id, name }: { readonly id: string; readonly name: string }): PlainTextOption {
  const end = ` · ${id}`;
  const shown = readable(name).replaceAll(/\s+/g, ' ').trim();
  return {
    text: foreignPlain(`${cut(shown, LIMITS.optionText - end.length)}${end}`, LIMITS.optionText),
    value: cut(id, LIMITS.optionValue),
  };
}

const said = ({ text, next }: Note) => ({
  options: [
    {
      text: plain(text, LIMITS.optionText),
      description: plain(next, LIMITS.optionText),
      value: 'no-solution',
    },
  ],
});
