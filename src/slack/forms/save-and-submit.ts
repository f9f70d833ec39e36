import type { KnownBlock } from '@slack/types';
import type { Fix } from '../../edits/fix.ts';
import { offeredFor } from '../../edits/kinds.ts';
import { refusedFields } from '../../opportunities/field-names.ts';
import * as readinessWords from '../../opportunities/readiness-words.ts';
import { refusalTexts } from '../blocks/deal.ts';
import { context, section, sections } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { escapeMrkdwn, foreign, moment } from '../text.ts';
import { confirmation, involvementInput, lockInput, visibilityInput } from './choices.ts';
import * as words from './edit-words.ts';
import { findingLines } from './readiness.ts';
import { doubtBlocks } from './submit.ts';
import { lockOption } from './words.ts';

type FixForm = Extract<Fix, { type: 'form' }>;

/** What stands in the way of a submission: what AWS refused, and when; then what it will also ask for. */
export const obstacles = (fix: FixForm): KnownBlock[] => [
  ...doubtBlocks(fix.doubt),
  ...refused(fix),
  ...(fix.findings.length === 0
    ? []
    : sections([
        fix.refusal === undefined ? words.asksFor : words.alsoAsksFor,
        ...findingLines(fix.findings),
      ])),
];

/** Fields that are chosen below rather than changed. */
const CHOICES: readonly string[] = ['InvolvementType', 'Visibility'];

/** A National Security deal shows nothing of what AWS objects to. */
function refused({ refusal, form, fields }: FixForm): KnownBlock[] {
  if (refusal === undefined) return [];
  const { fieldErrors } = refusal.problem;
  const isHere = (path: string) =>
    fields.some((field) => field.path === path || field.path.startsWith(`${path}[`));
  const lines = refusedFields(fieldErrors).map(({ name, problem }) => {
    const paths = fieldErrors
      .filter((error) => refusedFields([error])[0]?.name === name)
      .flatMap(({ fieldName = '' }) => (CHOICES.includes(fieldName) ? [] : [offeredFor(fieldName)]));
    const isElsewhere = paths.some((offered) => !offered.some(isHere));
    return `• *${foreign(name, 150)}*: ${escapeMrkdwn(problem)}${isElsewhere ? `. ${words.changedElsewhere}` : ''}`;
  });
  const shown = form.nationalSecurity ? [] : lines.length > 0 ? lines : refusalTexts(refusal.problem);
  return [section([words.refusedAt(moment(refusal.at)), ...shown].join('\n'))];
}

/** How it is submitted once it is saved: asked for again, as in the form for submitting. */
export const submitBlocks = ({ form, isBlocked }: FixForm): KnownBlock[] => [
  { type: 'divider' },
  context(words.howToSubmit),
  involvementInput(ACTION.involvementType, form.choices?.involvementType),
  visibilityInput(ACTION.visibility, form.choices?.visibility ?? 'Full'),
  ...(isBlocked
    ? [
        confirmation({
          blockId: BLOCK.anyway,
          actionId: ACTION.anyway,
          label: readinessWords.anywayLabel,
          option: readinessWords.anywayOption,
          explained: readinessWords.anywayExplained,
          value: 'anyway',
        }),
      ]
    : []),
  ...(form.catalog === 'AWS' ? [lockInput(lockOption)] : []),
];
