import type { Permission } from '../../submissions/permissions.ts';
import { tooMany } from '../../words/batch.ts';
import * as words from '../../words/mention.ts';
import { forOpportunity, openForm } from '../../words/messages.ts';
import { permissionUnknown } from '../../words/modal.ts';
import { ACTION } from '../ids.ts';
import { MOST_AT_ONCE } from '../limits.ts';
import { saying } from './asked.ts';
import { button, section } from './elements.ts';
import { refusalText } from './refusal.ts';
import type { Message } from './submission-message.ts';

/** The answer to a mention: a button that opens the form, for whoever may; `value` is an `OpenFormValue`, written. */
export function offerMessage(
  permission: Permission,
  { opportunityIds, value }: { readonly opportunityIds: readonly string[]; readonly value: string },
): Message {
  if (permission.allowed === 'unknown') return saying(permissionUnknown);
  if (!permission.allowed) return saying(refusalText(permission.why));
  if (opportunityIds.length > MOST_AT_ONCE) return saying(tooMany(opportunityIds.length, MOST_AT_ONCE));
  const [opportunityId, another] = opportunityIds;
  const only = another === undefined ? opportunityId : undefined;
  const several = another === undefined ? words.offerNone : words.offerSeveral;
  const text = only === undefined ? several : words.offer(only);
  return {
    text,
    blocks: [
      section(text),
      {
        type: 'actions',
        elements: [
          button({
            text: openForm,
            label: only === undefined ? openForm : forOpportunity(openForm, only),
            actionId: ACTION.openForm,
            value,
            style: 'primary',
          }),
        ],
      },
    ],
  };
}
