import type { Refusal } from '../../permissions.ts';
import { notPermitted } from '../forms/words.ts';
import { mentionAny } from '../text.ts';
import type { Message } from './elements.ts';
import { section } from './elements.ts';

/** One sentence of our own. */
export const saying = (text: string): Message => ({ text, blocks: [section(text)] });

/** Says kindly that somebody may not do this here, and whom to ask; Slack's mrkdwn. */
export const refusalText = ({ reason, contact }: Refusal): string =>
  notPermitted(reason, contact === undefined ? undefined : mentionAny(contact));
