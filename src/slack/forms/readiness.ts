import type { ActionsBlock, InputBlock, KnownBlock } from '@slack/types';
import type { Basis } from '../../aws/evidence.ts';
import type { Chosen, Visibility } from '../../aws/terms.ts';
import { mendedBy } from '../../edits/fixable.ts';
import { fieldName } from '../../opportunities/field-names.ts';
import { type Finding, findingsFor, type Readiness } from '../../opportunities/readiness.ts';
import * as words from '../../opportunities/readiness-words.ts';
import { button, context } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { escapeMrkdwn } from '../text.ts';
import { confirmation } from './choices.ts';
import { fixHere } from './edit-words.ts';

/** More than fit a section with long names would only be scrolled past. */
const FINDINGS_SHOWN = 12;

/** What AWS will ask for, for what is chosen so far: shown before the fields. */
export function readinessBlocks(
  readiness: Readiness,
  chosen: Chosen,
  nationalSecurity: boolean,
): KnownBlock[] {
  const findings = findingsFor(readiness, chosen);
  const isOpen = isOpenChoice(readiness, chosen);
  const isReady = findings.every(({ weight }) => weight === 'hint');
  const weighing = (weight: Finding['weight']) => findings.filter((each) => each.weight === weight);
  const paragraphs = [
    ...(isReady ? [isOpen ? words.readySoFar : words.ready] : []),
    ...byBasis(weighing('block')).map(([basis, found]) => paragraph(words.refusals[basis], found)),
    ...paragraphsOf(words.worthImproving, weighing('warn')),
    ...paragraphsOf(words.goodToKnow, weighing('hint')),
  ];
  return [
    {
      type: 'section',
      block_id: BLOCK.readiness,
      text: { type: 'mrkdwn', text: paragraphs.join('\n'), verbatim: true },
    },
    ...(isOpen ? [{ ...context(words.dependsOnInvolvement), block_id: BLOCK.readinessNote }] : []),
    ...(findings.some(({ rule }) => mendedBy(rule, nationalSecurity).length > 0)
      ? [fixHereBlock(fixHere)]
      : []),
  ];
}

/** Whether the involvement isn't chosen yet, and what AWS asks for depends on it. */
export const isOpenChoice = (readiness: Readiness, { involvementType, visibility }: Chosen): boolean =>
  involvementType === undefined && dependsOnInvolvement(readiness, visibility);

/** Findings by how they are known, in the order of the first of each. */
export const byBasis = (findings: readonly Finding[]): [Basis, Finding[]][] => [
  ...Map.groupBy(findings, ({ basis }) => basis),
];

/** Opens the form for changing the deal that the view is about. */
export const fixHereBlock = (text: string): ActionsBlock => ({
  type: 'actions',
  block_id: BLOCK.fix,
  elements: [button({ text, label: text, actionId: ACTION.fixHere })],
});

/** What readiness found, a line each. */
export const findingLines = (findings: readonly Finding[]): string[] =>
  findings.map(({ rule, path }) => {
    const { problem, todo } = words.findings[rule];
    return `• *${escapeMrkdwn(fieldName(path) ?? path)}* ${problem}. ${todo}`;
  });

/** The further checkbox where AWS will probably refuse. */
export function anywayBlocks(findings: readonly Finding[]): InputBlock[] {
  if (!findings.some(({ weight }) => weight === 'block')) return [];
  // Another block where Limited was chosen beside Co-Sell: Slack keeps what was checked as long as the block is the
  // same, and this asks for a yes of its own.
  const isLimited = findings.some(({ rule }) => rule === 'co-sell-limited');
  return [
    confirmation({
      blockId: isLimited ? `${BLOCK.anyway}-limited` : BLOCK.anyway,
      actionId: ACTION.anyway,
      label: words.anywayLabel,
      option: words.anywayOption,
      explained: words.anywayExplained,
      value: 'anyway',
    }),
  ];
}

/** Whether AWS asks for more, or less, with one involvement than with the other. */
function dependsOnInvolvement(readiness: Readiness, visibility: Visibility): boolean {
  const { 'Co-Sell': coSell, 'For Visibility Only': visibilityOnly } = readiness[visibility];
  return (
    coSell.length !== visibilityOnly.length ||
    coSell.some(({ rule }, at) => rule !== visibilityOnly[at]?.rule)
  );
}

const paragraphsOf = (title: string, findings: readonly Finding[]): readonly string[] =>
  findings.length === 0 ? [] : [paragraph(title, findings)];

function paragraph(title: string, findings: readonly Finding[]): string {
  const lines = findingLines(findings.slice(0, FINDINGS_SHOWN));
  const more = findings.length > FINDINGS_SHOWN ? [words.andMore(findings.length - FINDINGS_SHOWN)] : [];
  return [title, ...lines, ...more].join('\n');
}
