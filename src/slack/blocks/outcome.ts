import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { Saying } from '../../submissions/outcomes.ts';
import { SIGNS, type Sign } from '../../submissions/signs.ts';
import type { DealPage } from '../deal-page.ts';
import { escapeMrkdwn, foreign } from '../text.ts';
import { context, section } from './elements.ts';
import { linkedHeadline } from './next-steps.ts';

/** What a message says first: its sign, a bold line, and a sentence or two. */
export const sayingBlock = (
  { sign, headline, known, next }: Saying & { readonly sign: Sign },
  opportunityId: string,
  dealPage: DealPage,
  /** Whom it is for: a mention. */
  to?: string,
): KnownBlock => {
  const line = `${SIGNS[sign]} *${linkedHeadline(headline, opportunityId, dealPage)}*`;
  const said = [known, next].filter((text) => text !== '').map(escapeMrkdwn);
  return section([to === undefined ? line : `${to} ${line}`, said.join(' ')].join('\n'));
};

/** One line of facts, and below it what is to be known about where the message stands. mrkdwn, escaped. */
export const factsLine = (
  facts: readonly string[],
  ...notes: readonly (string | undefined)[]
): KnownBlock[] => {
  const texts = [facts.join(' · '), ...notes].filter((text) => text !== undefined && text !== '');
  return texts.length === 0 ? [] : [context(...texts.flatMap((text) => text ?? []))];
};

const PROBLEMS_SHOWN = 3;
const NAMES_SHOWN = 6;
const NAME_LENGTH = 150;
const andMoreFields = (count: number): string => `and ${count} more: Details has them all`;

/** A few fields with what is the matter with each; of more their names alone. */
export function fieldsBlock(
  fields: readonly { readonly name: string; readonly problem: string | undefined }[],
): KnownBlock[] {
  if (fields.length === 0) return [];
  const names = fields.map(({ name }) => `*${foreign(name, NAME_LENGTH)}*`);
  if (fields.length <= PROBLEMS_SHOWN) {
    const problems = fields.map(({ problem }) => (problem === undefined ? '' : `: ${escapeMrkdwn(problem)}`));
    return [section(names.map((name, index) => `• ${name}${problems[index]}`).join('\n'))];
  }
  const more = names.length > NAMES_SHOWN ? [andMoreFields(names.length - NAMES_SHOWN)] : [];
  return [section([...new Set(names.slice(0, NAMES_SHOWN)), ...more].join(', '))];
}

export const actions = (elements: ActionsBlock['elements']): ActionsBlock => ({ type: 'actions', elements });
