import type { ActionsBlock, InputBlock, KnownBlock } from '@slack/types';
import type { InvolvementType } from '../../partner-central/operations.ts';
import { mendedBy } from '../../submissions/changes/fixable.ts';
import { fieldName } from '../../submissions/field-names.ts';
import type { Finding, Readiness } from '../../submissions/readiness.ts';
import { fixHere } from '../../words/fix.ts';
import * as words from '../../words/readiness.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { escapeMrkdwn } from '../text.ts';
import { confirmation } from './choices.ts';
import { button, context } from './elements.ts';

/** More than fit a section with long names would only be scrolled past. */
const FINDINGS_SHOWN = 12;

/** What AWS will ask for, for the involvement chosen so far: shown before the fields. */
export function readinessBlocks(
  readiness: Readiness,
  involvementType: InvolvementType | undefined,
  nationalSecurity: boolean,
): KnownBlock[] {
  const findings = readiness[involvementType ?? 'undecided'];
  const isOpen = involvementType === undefined && dependsOnInvolvement(readiness);
  const blocks = findings.filter(({ weight }) => weight === 'block');
  const warnings = findings.filter(({ weight }) => weight === 'warn');
  const paragraphs = [
    ...(findings.length === 0 ? [isOpen ? words.readySoFar : words.ready] : []),
    ...(blocks.length === 0 ? [] : [paragraph(words.probablyRefused, blocks)]),
    ...(warnings.length === 0 ? [] : [paragraph(words.worthImproving, warnings)]),
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
  return [
    confirmation({
      blockId: BLOCK.anyway,
      actionId: ACTION.anyway,
      label: words.anywayLabel,
      option: words.anywayOption,
      explained: words.anywayExplained,
      value: 'anyway',
    }),
  ];
}

/** Whether AWS asks for more, or less, with one involvement than with the other. */
export const dependsOnInvolvement = (readiness: Readiness): boolean =>
  readiness['Co-Sell'].length !== readiness['For Visibility Only'].length ||
  readiness['Co-Sell'].some(({ rule }, at) => rule !== readiness['For Visibility Only'][at]?.rule);

function paragraph(title: string, findings: readonly Finding[]): string {
  const lines = findingLines(findings.slice(0, FINDINGS_SHOWN));
  const more = findings.length > FINDINGS_SHOWN ? [words.andMore(findings.length - FINDINGS_SHOWN)] : [];
  return [title, ...lines, ...more].join('\n');
}
