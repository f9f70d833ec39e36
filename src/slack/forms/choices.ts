import type { Button, InputBlock, KnownBlock } from '@slack/types';
import { type Chosen, involvementExplained, visibilityExplained } from '../../aws/terms.ts';
import { mendedBy } from '../../edits/field-kinds.ts';
import { fieldName, refusedFields } from '../../opportunities/field-names.ts';
import {
  findingsFor,
  isBlocked,
  READINESS_RULES,
  type Readiness,
  type ReadinessFinding,
  refusals,
} from '../../opportunities/readiness.ts';
import type { StandingRefusal } from '../../submissions/submission.ts';
import { refusalTexts } from '../blocks/deal.ts';
import { actions, button, context, firstFew, initially, input, option, section } from '../blocks/elements.ts';
import { fixLabel } from '../blocks/outcome.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { escapeMrkdwn, moment } from '../text.ts';

/**
 * The choices of involvement and visibility. Of the involvement, which can't be undone, nothing is chosen for anybody.
 * The form hears of each choice, because what AWS asks for depends on it; under other names in a form for several.
 */
export function choiceInputs(
  { involvementType, visibility = 'Full' }: Partial<Chosen> = {},
  { areOfAll = false } = {},
): InputBlock[] {
  const involvements = Object.entries(involvementExplained).map(([value, why]) => option(value, value, why));
  const visibilities = Object.entries(visibilityExplained).map(([value, why]) =>
    option(value, `${value}: ${why}`),
  );
  return [
    input(
      BLOCK.involvementType,
      'How should AWS be involved?',
      {
        type: 'radio_buttons',
        action_id: areOfAll ? ACTION.involvementOfAll : ACTION.involvementType,
        options: involvements,
        ...initially(involvements, involvementType),
      },
      { dispatch_action: true },
    ),
    input(
      BLOCK.visibility,
      'What may AWS sellers see?',
      {
        type: 'static_select',
        action_id: areOfAll ? ACTION.visibilityOfAll : ACTION.visibility,
        options: visibilities,
        ...initially(visibilities, visibility),
      },
      { dispatch_action: true },
    ),
  ];
}

export const lockOption = 'This locks the deal until AWS decides';
export const lockExplained = "A submission can't be withdrawn.";

/** In Production: a yes to the lock. `blockId`: another one for what needs a yes of its own. */
export const lockInput = (
  says: string = lockOption,
  blockId: string = BLOCK.lock,
  label = 'Please confirm',
): InputBlock =>
  input(blockId, label, {
    type: 'checkboxes',
    action_id: ACTION.lock,
    options: [option('understood', says, lockExplained)],
  });

/** Where AWS will probably refuse: a yes to submitting it all the same. */
export const anywayInput = (blockId: string = BLOCK.anyway): InputBlock =>
  input(blockId, 'Submit it all the same?', {
    type: 'checkboxes',
    action_id: ACTION.anyway,
    options: [
      option(
        'anyway',
        'Yes, submit it as it is',
        'AWS decides. What it refuses can be changed and submitted again.',
      ),
    ],
  });

/** What is known of how AWS will take a deal. */
export interface Outlook {
  readonly readiness: Readiness;
  readonly nationalSecurity: boolean;
  readonly refusal: StandingRefusal | undefined;
}

const REST_DEPENDS = 'The rest depends on how AWS is involved.';

/**
 * The same for what is chosen so far. `above` the choices: what stands in the way, and the way to mend it. `below`: that
 * nothing does, or whether to submit it all the same.
 */
export function outlookBlocks(
  outlook: Outlook,
  chosen: Chosen,
): { readonly above: KnownBlock[]; readonly below: KnownBlock[] } {
  const { readiness, nationalSecurity, refusal } = outlook;
  const findings = findingsFor(readiness, chosen);
  const isOpen = isOpenChoice(readiness, chosen);
  if (refusal === undefined && findings.every(({ weight }) => weight === 'hint')) {
    const line = isOpen
      ? `*Looks complete so far.* ${REST_DEPENDS}`
      : ['*Looks complete.*', ...findings.map(findingText)].join(' ');
    return { above: [], below: [{ ...context(line), block_id: BLOCK.ready }] };
  }
  const refused = refusedFields(refusal?.problem.fieldErrors ?? []);
  // What AWS said itself isn't said twice; it may have named a part of the field.
  const isSaid = (field = '') => refused.some(({ name }) => `${name}:`.startsWith(`${field}:`));
  const others = findings.filter(({ path }) => !isSaid(fieldName(path)));
  const weighing = (heavy: ReadinessFinding['weight']) => others.filter(({ weight }) => weight === heavy);
  // What AWS refuses first, by how that is known, in the order of the first of each.
  const groups = Map.groupBy([...weighing('block'), ...weighing('warn')], ({ weight, basis }) =>
    weight === 'warn' ? '*Worth improving:*' : refusals[basis],
  );
  const paragraphs = [
    ...[...groups].map(([title, found]) => [title, ...atMost(findingLines(found))].join('\n')),
    ...(isOpen ? [REST_DEPENDS] : []),
  ];
  const isRefused = refusal !== undefined || isBlocked(findings);
  const mend = actions([fixHereButton(fixLabel, isRefused ? 'primary' : undefined)]);
  // Limited beside Co-Sell asks for a yes of its own: Slack keeps what was checked as long as a block_id stays.
  const isLimited = findings.some(({ rule }) => rule === 'co-sell-limited');
  return {
    above: [
      ...(refusal === undefined
        ? []
        : [{ ...section(refusalParagraph(refusal, nationalSecurity)), block_id: BLOCK.refused }]),
      ...(paragraphs.length === 0 ? [] : [{ ...section(paragraphs.join('\n')), block_id: BLOCK.readiness }]),
      ...(canFix(refusal, findings, nationalSecurity) ? [{ ...mend, block_id: BLOCK.fix }] : []),
    ],
    below: isBlocked(findings) ? [anywayInput(isLimited ? `${BLOCK.anyway}-limited` : BLOCK.anyway)] : [],
  };
}

/** Whether the form for changing the deal can mend what stands in the way. */
export const canFix = (
  refusal: StandingRefusal | undefined,
  findings: readonly ReadinessFinding[],
  nationalSecurity: boolean,
): boolean =>
  refusal !== undefined || findings.some(({ rule }) => mendedBy(rule, nationalSecurity).length > 0);

/** Whether the involvement isn't chosen yet, and AWS asks for more, or less, with one than with the other. */
function isOpenChoice(readiness: Readiness, { involvementType, visibility }: Chosen): boolean {
  const { 'Co-Sell': coSell, 'For Visibility Only': visibilityOnly } = readiness[visibility];
  const isSame =
    coSell.length === visibilityOnly.length &&
    coSell.every(({ rule }, at) => rule === visibilityOnly[at]?.rule);
  return involvementType === undefined && !isSame;
}

/** What AWS refused, and when: `lines` for its fields, else its own words; of a National Security deal neither. */
export function refusalParagraph(
  { at, problem }: StandingRefusal,
  nationalSecurity: boolean,
  lines = refusedFields(problem.fieldErrors).map(
    ({ name, problem: why }) => `• *${escapeMrkdwn(name)}*: ${escapeMrkdwn(why)}`,
  ),
): string {
  const shown = nationalSecurity ? [] : lines.length > 0 ? lines : refusalTexts(problem);
  return [`*AWS refused this ${moment(at)}:*`, ...atMost(shown)].join('\n');
}

/** So many fit a section, with long names. */
const LINES_SHOWN = 12;

const atMost = (lines: readonly string[]): string[] =>
  firstFew(lines, LINES_SHOWN, (count) => `• and ${count} more`);

/** Opens the form for changing the deal that the view is about. */
export const fixHereButton = (text: string, style?: 'primary'): Button =>
  button({ text, actionId: ACTION.fixHere, style });

/** What readiness found, a line each. */
export const findingLines = (findings: readonly ReadinessFinding[]): string[] =>
  findings.map((finding) => `• ${findingText(finding)}`);

const findingText = (finding: ReadinessFinding): string =>
  `*${escapeMrkdwn(nameOf(finding))}* ${problemOf(finding)}`;

/** The first of what readiness found, in plain text, for an error at an input. */
export const findingsInShort = (findings: readonly ReadinessFinding[]): string =>
  findings
    .slice(0, 2)
    .map((finding) => `${nameOf(finding)} ${problemOf(finding)}`)
    .join(' ');

const nameOf = ({ path }: ReadinessFinding): string => fieldName(path) ?? path;

function problemOf({ rule }: ReadinessFinding): string {
  const { problem, todo } = READINESS_RULES[rule];
  return `${problem}. ${todo}`;
}
