import type { Button, InputBlock, KnownBlock } from '@slack/types';
import type { Chosen } from '../../aws/terms.ts';
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
import { button, context, firstFew, section } from '../blocks/elements.ts';
import { actions, fixLabel } from '../blocks/outcome.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { escapeMrkdwn, moment } from '../text.ts';
import { anywayInput } from './choices.ts';

const REST_DEPENDS = 'The rest depends on how AWS is involved.';

/** So many fit a section, with long names. */
const FINDINGS_SHOWN = 12;

/** What is known of how AWS will take a deal. */
export interface Outlook {
  readonly readiness: Readiness;
  readonly nationalSecurity: boolean;
  readonly refusal: StandingRefusal | undefined;
}

/** What stands in the way for what is chosen so far, and the way to mend it. Nothing where it is fine. */
export function obstacleBlocks(outlook: Outlook, chosen: Chosen): KnownBlock[] {
  const { readiness, nationalSecurity, refusal } = outlook;
  if (isFine(outlook, chosen)) return [];
  const findings = findingsFor(readiness, chosen);
  const refused = refusedFields(refusal?.problem.fieldErrors ?? []);
  // What AWS said itself isn't said twice; it may have named a part of the field.
  const isSaid = (field = '') => refused.some(({ name }) => `${name}:`.startsWith(`${field}:`));
  const others = findings.filter(({ path }) => !isSaid(fieldName(path)));
  const weighing = (weight: ReadinessFinding['weight']) => others.filter((each) => each.weight === weight);
  const paragraph = (title: string, found: readonly ReadinessFinding[]) =>
    [title, ...atMost(findingLines(found))].join('\n');
  const warnings = weighing('warn');
  const paragraphs = [
    // By how they are known, in the order of the first of each.
    ...[...Map.groupBy(weighing('block'), ({ basis }) => basis)].map(([basis, found]) =>
      paragraph(refusals[basis], found),
    ),
    ...(warnings.length === 0 ? [] : [paragraph('*Worth improving:*', warnings)]),
    ...(isOpenChoice(readiness, chosen) ? [REST_DEPENDS] : []),
  ];
  const isMendable =
    refusal !== undefined || findings.some(({ rule }) => mendedBy(rule, nationalSecurity).length > 0);
  const isRefused = refusal !== undefined || isBlocked(findings);
  const mend = actions([fixHereButton(fixLabel, isRefused ? 'primary' : undefined)]);
  return [
    ...(refusal === undefined
      ? []
      : [{ ...section(refusalParagraph(refusal, nationalSecurity)), block_id: BLOCK.refused }]),
    ...(paragraphs.length === 0 ? [] : [{ ...section(paragraphs.join('\n')), block_id: BLOCK.readiness }]),
    ...(isMendable ? [{ ...mend, block_id: BLOCK.fix }] : []),
  ];
}

/** That nothing is known to stand in the way, in one line. Nothing where something does. */
export function readyBlocks(outlook: Outlook, chosen: Chosen): KnownBlock[] {
  if (!isFine(outlook, chosen)) return [];
  const { readiness } = outlook;
  const hints = findingsFor(readiness, chosen).map(findingText);
  const line = isOpenChoice(readiness, chosen)
    ? `*Looks complete so far.* ${REST_DEPENDS}`
    : ['*Looks complete.*', ...hints].join(' ');
  return [{ ...context(line), block_id: BLOCK.ready }];
}

/** AWS hasn't refused it as it is, and is known to ask for nothing. */
const isFine = ({ readiness, refusal }: Outlook, chosen: Chosen): boolean =>
  refusal === undefined && findingsFor(readiness, chosen).every(({ weight }) => weight === 'hint');

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

/** Whether the involvement isn't chosen yet, and AWS asks for more, or less, with one than with the other. */
function isOpenChoice(readiness: Readiness, { involvementType, visibility }: Chosen): boolean {
  const { 'Co-Sell': coSell, 'For Visibility Only': visibilityOnly } = readiness[visibility];
  const isSame =
    coSell.length === visibilityOnly.length &&
    coSell.every(({ rule }, at) => rule === visibilityOnly[at]?.rule);
  return involvementType === undefined && !isSame;
}

/** Opens the form for changing the deal that the view is about. */
export const fixHereButton = (text: string, style?: 'primary'): Button =>
  button({ text, label: text, actionId: ACTION.fixHere, style });

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

/** The further checkbox where AWS will probably refuse. */
export function anywayBlocks(findings: readonly ReadinessFinding[]): InputBlock[] {
  // Another block where Limited was chosen beside Co-Sell: Slack keeps what was checked as long as the block is the
  // same, and this asks for a yes of its own.
  const isLimited = findings.some(({ rule }) => rule === 'co-sell-limited');
  return isBlocked(findings) ? [anywayInput(isLimited ? `${BLOCK.anyway}-limited` : BLOCK.anyway)] : [];
}

const atMost = (lines: readonly string[]): string[] =>
  firstFew(lines, FINDINGS_SHOWN, (count) => `• and ${count} more`);
