import type { Refusal } from '../../submissions/permissions.ts';
import { notPermitted } from '../../words/modal.ts';
import { mentionAny } from '../text.ts';

/** Says kindly that somebody may not do this here, and whom to ask; Slack's mrkdwn. */
export const refusalText = ({ reason, contact }: Refusal): string =>
  notPermitted(reason, contact === undefined ? undefined : mentionAny(contact));
